/**
 * Runs bench/*.mjs over dist/ (build first): `node scripts/bench.mjs [word in the name…]`.
 *
 * Each file exports by default `{ name, cases: { label: () => result } }`, and for heavy cases `rounds` and `warmUp` (how many of
 * each) and `notes()` (a line to print below, such as memory). All cases of a file run in turn, round by round,
 * in one process, so that a busy machine slows them all; printed is the median over the rounds of each case's time
 * against the first case's in the same round. Ratios only: times differ between machines, ratios hardly.
 *
 * A file whose work is not a function call exports `{ name, lines(words) }` instead: an async generator of lines to print.
 */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const WARM_UP_ROUNDS = 5;
const ROUNDS = 31;

const folder = new URL('../bench/', import.meta.url);
const words = process.argv.slice(2);
/** A number among the words is a size. */
const names = words.filter((word) => Number.isNaN(Number(word)));
const files = readdirSync(fileURLToPath(folder))
  .filter((file) => file.endsWith('.mjs'))
  .sort();

/** Kept, so that no result can be optimised away. */
let sink;

function timeOf(run) {
  const start = process.hrtime.bigint();
  sink = run();
  return Number(process.hrtime.bigint() - start);
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** For each label the ratios of all rounds. The order turns with every round, so that no case is always the first. */
function ratiosOf({ cases, rounds = ROUNDS, warmUp = WARM_UP_ROUNDS }) {
  const labels = Object.keys(cases);
  const ratios = new Map(labels.map((label) => [label, []]));
  for (let round = 0; round < warmUp + rounds; round++) {
    const turn = round % labels.length;
    const times = new Map();
    for (const label of [...labels.slice(turn), ...labels.slice(0, turn)]) times.set(label, timeOf(cases[label]));
    if (round < warmUp) continue;
    for (const label of labels) ratios.get(label).push(times.get(label) / times.get(labels[0]));
  }
  return ratios;
}

let ran = 0;
for (const file of files) {
  const { default: bench } = await import(new URL(file, folder).href);
  if (names.length > 0 && !names.some((name) => bench.name.includes(name))) continue;
  ran += 1;
  console.log(`\n${bench.name}`);
  if (bench.lines !== undefined) {
    for await (const line of bench.lines(words)) console.log(`  ${line}`);
    sink ??= true;
    continue;
  }
  for (const [label, ratios] of ratiosOf(bench)) console.log(`  ${median(ratios).toFixed(2).padStart(8)}  ${label}`);
  if (bench.notes !== undefined) console.log(`  ${bench.notes()}`);
}
if (ran === 0) {
  console.error(`no benchmark ${words.length > 0 ? `has ${words.join(' or ')} in its name` : 'in bench/'}`);
  process.exitCode = 1;
}
if (sink === undefined) process.exitCode = 1;
