/** Options that run, record and validate have in common. */
import type { Command } from 'commander';
import { HarnessError } from '../domain/errors.ts';
import { reporterNames } from '../report/names.ts';
import { parseOrigin, parseShard, type RunOptions } from '../runner/options.ts';

export interface OptionValues {
  readonly out?: string;
  readonly legacy?: string;
  readonly contract?: string;
  readonly record?: string;
  readonly resume?: boolean;
  readonly reporter?: string;
  readonly shard?: string;
  readonly org?: readonly string[];
  readonly json?: boolean;
  readonly dryRun?: true | 'count';
  readonly proposeWaivers?: string;
  readonly quiet?: boolean;
  readonly updateShape?: boolean;
  readonly verbose?: boolean;
}

const ORIGIN = 'live, sandbox or snapshot:DIR';

export const addOriginOptions = (command: Command): Command =>
  command
    .option('--legacy <origin>', `where the legacy side comes from: ${ORIGIN}`)
    .option('--contract <origin>', `where the contract side comes from: ${ORIGIN}`);

export function addCaptureOptions(command: Command): Command {
  return addOriginOptions(
    command.option('--out <dir>', 'folder for the results (default: reports/<scenario>/<run id>)'),
  )
    .option('--record <dir>', 'folder for the recorded exchanges (default: <out>/snapshot)')
    .option('--resume', 'go on with an interrupted run; needs its --out or --record folder')
    .option('--update-shape', 'keep the shape of the contract side as the baseline: snapshots/<scenario>/shape.json')
    .option('--json', 'write the result to standard output as JSON, and nothing else')
    .option('--quiet', 'no progress')
    .option('--verbose', 'a line for every exchange');
}

/** @throws HarnessError `usage` */
export function runOptions(values: OptionValues): RunOptions {
  if (values.resume && values.out === undefined && values.record === undefined) {
    throw new HarnessError('usage', '--resume does not say which run is to be gone on with', {
      hint: 'Name its folder: --out DIR --resume (--record DIR --resume for parity record), as the interrupted run said.',
    });
  }
  return {
    out: values.out ?? null,
    legacy: values.legacy === undefined ? null : parseOrigin('--legacy', values.legacy),
    contract: values.contract === undefined ? null : parseOrigin('--contract', values.contract),
    record: values.record ?? null,
    resume: values.resume === true,
    updateShape: values.updateShape === true,
    reporters: reporterNames(values.reporter),
    shard: values.shard === undefined ? null : parseShard(values.shard),
  };
}
