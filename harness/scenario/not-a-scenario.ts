/** Other files of ours, given where a scenario is expected: said in one sentence instead of a list of unknown keys. */
import { ScenarioInvalidError } from '../domain/errors.ts';
import type { Document } from './document.ts';
import { isMap } from './plain.ts';

interface OtherFile {
  /** Keys that only such a file has together. */
  readonly keys: readonly string[];
  readonly is: string;
  readonly hint: string;
}

const OTHERS: readonly OtherFile[] = [
  {
    keys: ['schemaVersion', 'verdict', 'cells'],
    is: 'this is the result of a run, not a scenario',
    hint: 'Give the scenario that it was run with. Of a finished run: parity explain ID --run DIR, parity compare DIR DIR, parity report DIR.',
  },
  {
    keys: ['shard', 'scenario', 'snapshot', 'tool'],
    is: 'this is what a shard left for parity merge, not a scenario',
    hint: 'Join the shards by their folders: parity merge DIR… --out DIR.',
  },
  {
    keys: ['origins', 'exchanges', 'complete'],
    is: 'this is the manifest of a snapshot, not a scenario',
    hint: 'Replay its folder: parity run SCENARIO --legacy snapshot:DIR --contract snapshot:DIR.',
  },
  {
    keys: ['products', 'organisations'],
    is: 'this is a world of the sandbox, not a scenario',
    hint: 'Serve it: parity sandbox --world FILE. It prints a scenario to go with it.',
  },
];

const WAIVERS: Omit<OtherFile, 'keys'> = {
  is: 'this file holds waivers only; expected a whole scenario',
  hint: 'Copy its entries under `waivers:` of the scenario that they are for.',
};

/** @returns null for what may be a scenario */
export function notAScenario(document: Document): ScenarioInvalidError | null {
  const { value } = document;
  if (!isMap(value)) return null;
  const keys = [
    ...Object.keys(value),
    ...document.blanks.flatMap((path) => (path.length === 1 ? [String(path[0])] : [])),
  ];
  const other = OTHERS.find((one) => one.keys.every((key) => keys.includes(key)));
  const found = other ?? (keys.length === 1 && keys[0] === 'waivers' ? WAIVERS : null);
  return found === null ? null : new ScenarioInvalidError([document.issue([], found.is)], found.hint);
}
