/**
 * A copy of a snapshot that can be shown to others. It is made in two passes: the first learns every name, id and number there is,
 * so that the second can find them in texts for people too, and no replacement is ever somebody else's original.
 */
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { HarnessError } from '../../domain/errors.ts';
import type { Exchange } from '../../domain/exchange.ts';
import { openRecorder } from '../../http/recording/recorder.ts';
import { openSnapshot, type Snapshot } from '../../http/recording/snapshot.ts';
import { rewriteOrigin } from './addresses.ts';
import { type RewriteHow, rewriteExchange } from './exchange-rewriter.ts';
import type { StatedFields } from './fields.ts';
import { Finder } from './finder.ts';
import { readMapping, writeMapping } from './mapping-file.ts';
import { rewriteScenario } from './scenario-text.ts';
import { type PseudonymKind, Pseudonyms, sameness } from './table.ts';

export interface PseudonymiseInput {
  readonly dir: string;
  /** Folder of the copy; must not be there, or be empty. */
  readonly out: string;
  /** Scenario file that goes with it; null: `scenario.yaml` beside the snapshot, if there is one. */
  readonly scenario: string | null;
  /** Where the way back is kept; an earlier one is used on, so that several copies agree. */
  readonly mapping: string;
  readonly tool: { readonly name: string; readonly version: string };
}

export interface Pseudonymised {
  readonly out: string;
  readonly mapping: string;
  readonly scenario: string | null;
  readonly exchanges: number;
  /** How many of each were replaced. */
  readonly replaced: Readonly<Record<PseudonymKind, number>>;
  /** Exchanges whose body is no JSON and was left out: method, path. */
  readonly leftOut: readonly string[];
}

const PACK_NAME = 'pseudonymised';

/**
 * @throws HarnessError `usage` (folders), `snapshot-format`, `snapshot-write`; `snapshot-format` too if something of the original is
 *   still found in the copy, which is then deleted
 */
export async function pseudonymise(input: PseudonymiseInput): Promise<Pseudonymised> {
  const out = path.resolve(input.out);
  const mapping = path.resolve(input.mapping);
  await mustBeApart(input.dir, out, mapping);
  const snapshot = await openSnapshot(input.dir);
  if (!snapshot.meta.complete) {
    throw new HarnessError('usage', `${input.dir} is not complete`, { hint: 'Finish its run with --resume first.' });
  }
  const table = new Pseudonyms(await readMapping(mapping));
  const scenario = await scenarioText(input);
  const building = `${out}.${process.pid}.tmp`;
  try {
    const { leftOut, copied } = await copy({ snapshot, table, scenario, building, tool: input.tool });
    // Before the copy appears: without the way back it could never be told who is who.
    await writeMapping(mapping, table.all);
    await rm(out, { recursive: true, force: true });
    await rename(building, out);
    return {
      out,
      mapping,
      scenario: scenario === null ? null : path.join(out, 'scenario.yaml'),
      exchanges: copied,
      replaced: countsOf(table),
      leftOut,
    };
  } catch (error) {
    await rm(building, { recursive: true, force: true });
    throw error;
  }
}

interface CopyInput {
  readonly snapshot: Snapshot;
  readonly table: Pseudonyms;
  readonly scenario: { readonly text: string; readonly file: string } | null;
  readonly building: string;
  readonly tool: PseudonymiseInput['tool'];
}

async function copy({ snapshot, table, scenario, building, tool }: CopyInput) {
  const rewritten =
    scenario === null
      ? null
      : rewriteScenario(scenario.text, scenario.file, PACK_NAME, (kind, text) => table.of(kind, text));
  const stated: StatedFields = rewritten?.stated ?? { figures: new Set(), ids: new Set(), names: new Set() };
  const kept = new Set<string>();
  const leftOut: string[] = [];
  const learning: RewriteHow = {
    replace: (kind, original) => {
      table.note(kind, original);
      return original;
    },
    known: (text) => text,
    stated,
    leftOut: ({ method, path: asked }) => leftOut.push(`${method} ${asked}`),
    kept: (text) => kept.add(text.trim().toLowerCase()),
  };
  for await (const exchange of snapshot.exchanges()) rewriteExchange(exchange, learning);
  const how = replacing(table, stated);
  const recorder = await openRecorder(building, {
    tool,
    scenario: PACK_NAME,
    origins: Object.fromEntries(
      Object.entries(snapshot.meta.origins).map(([source, origin]) => [source, rewriteOrigin(origin, how.replace)]),
    ),
    createdAt: snapshot.meta.createdAt,
    pseudonymised: true,
  });
  let copied = 0;
  try {
    for await (const exchange of snapshot.exchanges()) {
      await recorder.append(rewriteExchange(exchange, how));
      copied += 1;
    }
    await recorder.finish();
  } finally {
    await recorder.close();
  }
  if (rewritten !== null) await writeFile(path.join(building, 'scenario.yaml'), rewritten.text);
  await mustHoldNothing(building, table, kept);
  return { leftOut, copied };
}

function replacing(table: Pseudonyms, stated: StatedFields): RewriteHow {
  const kinds = new Map<string, PseudonymKind>();
  for (const { kind, original } of table.originals('name', 'code', 'host')) {
    if (kind !== 'code' || original.length > 5) kinds.set(original.toLowerCase(), kind);
  }
  const finder = new Finder(
    table
      .originals('name', 'code', 'host')
      .map(({ original }) => original)
      .filter((one) => kinds.has(one.toLowerCase())),
  );
  const replace = (kind: PseudonymKind, original: string): string => table.of(kind, original);
  const known = (text: string): string =>
    finder.replace(text, (found) => replace(kinds.get(found.toLowerCase()) ?? 'name', found));
  return { replace, known, stated, leftOut: ignore, kept: ignore };
}

const ignore = (): void => undefined;

/** The copy is read again, and everything that is known looked for in it. */
async function mustHoldNothing(building: string, table: Pseudonyms, kept: ReadonlySet<string>): Promise<void> {
  const texts = async function* (): AsyncGenerator<string> {
    const snapshot = await openSnapshot(building);
    for await (const exchange of snapshot.exchanges()) yield textOf(exchange);
    if ((await readdir(building)).includes('scenario.yaml'))
      yield readFile(path.join(building, 'scenario.yaml'), 'utf8');
  };
  const found = await leftOver(texts(), table, kept);
  if (found.length === 0) return;
  throw new HarnessError(
    'snapshot-format',
    `the copy still held ${found.length} names or ids of the original and was deleted; the first: ${found.slice(0, 3).join(', ')}`,
    { hint: 'This is a bug in parity: tell its maintainers which field they stand in, not the names.' },
  );
}

function textOf({ url, subject, attempts, outcome }: Exchange): string {
  const answerText = outcome.kind === 'answer' ? [outcome.body, ...Object.values(outcome.headers)] : [outcome.message];
  return [url, subject, ...attempts.map(({ error }) => error ?? ''), ...answerText].join('\n');
}

async function scenarioText(input: PseudonymiseInput): Promise<CopyInput['scenario']> {
  const file = input.scenario ?? path.join(input.dir, 'scenario.yaml');
  try {
    return { file, text: await readFile(file, 'utf8') };
  } catch (cause) {
    if (input.scenario === null) return null;
    throw new HarnessError('usage', `cannot read the scenario ${file}: ${(cause as Error).message}`, {
      cause,
      hint: 'Name it with --scenario FILE.',
    });
  }
}

async function mustBeApart(dir: string, out: string, mapping: string): Promise<void> {
  const within = (inner: string, outer: string): boolean => !path.relative(outer, inner).startsWith('..');
  if (within(mapping, out)) {
    throw new HarnessError('usage', `${mapping} lies in the folder that is to be shared`, {
      hint: 'The mapping leads back to the names: keep it elsewhere, with --mapping FILE.',
    });
  }
  if (within(out, dir) || within(dir, out)) {
    throw new HarnessError('usage', `${out} and the snapshot lie in each other`, { hint: 'Choose another --out.' });
  }
  const there = await readdir(out).catch(() => []);
  if (there.length > 0) throw new HarnessError('usage', `${out} is not empty`, { hint: 'Choose another --out.' });
}

function countsOf(table: Pseudonyms): Record<PseudonymKind, number> {
  const counts: Record<PseudonymKind, number> = { uuid: 0, name: 0, code: 0, email: 0, text: 0, token: 0, host: 0 };
  for (const { kind } of table.all) counts[kind] += 1;
  return counts;
}

/** Whether a copy still says anything of the original. */
const SHORTEST = 5;

/**
 * Ids, names and e-mail addresses that are found as words of their own. A name that is also a word of the APIs (a customer called
 * "Message") cannot be told from it and is not looked for.
 * @param kept texts that were kept on purpose, trimmed and in lower case
 */
async function leftOver(
  texts: AsyncIterable<string>,
  table: Pseudonyms,
  kept: ReadonlySet<string>,
): Promise<readonly string[]> {
  const wanted = table
    .originals('uuid', 'name', 'email')
    .map(({ original }) => original)
    .filter((original) => original.length >= SHORTEST && !kept.has(sameness(original)));
  const finder = new Finder(wanted);
  const found = new Set<string>();
  for await (const text of texts) for (const { original } of finder.find(text)) found.add(original);
  return [...found];
}
