/** `parity waive`: proposes waivers from a finished run, by root cause first, with what they would cost. */
import path from 'node:path';
import type { Command } from 'commander';
import { EXIT } from '../domain/verdict.ts';
import type { Proposal } from '../report/waivers/proposals.ts';
import { type CommandIo, shown } from './io.ts';

interface WaiveValues {
  readonly out?: string;
  readonly json?: boolean;
}

export function addWaive(program: Command, io: CommandIo, finish: (code: number) => void): void {
  program
    .command('waive')
    .description('propose waivers from a finished run, by root cause first, with what they would cost')
    .argument('<dir>', 'folder of the run')
    .option('--out <file>', 'write them into a new file (default: to standard output, as YAML)')
    .option('--json', 'write the proposals to standard output as JSON, and nothing else')
    .action(async (dir: string, values: WaiveValues) => {
      finish(await waive(dir, values, io));
    });
}

async function waive(dir: string, { out, json }: WaiveValues, io: CommandIo): Promise<number> {
  const { openRunFolder } = await import('../runner/folder/run-folder.ts');
  const { mustBeNew, proposed } = await import('./propose-waivers.ts');
  if (out !== undefined) await mustBeNew(out, '--out');
  const run = await openRunFolder(dir);
  const { proposals, yaml } = proposed(run);
  if (out !== undefined) {
    const { writeAtomically } = await import('../report/atomic-write.ts');
    await writeAtomically(path.resolve(out), [yaml]);
  }
  if (json) {
    io.stdout.write(`${JSON.stringify({ proposals })}\n`);
    return EXIT.met;
  }
  const { coverWords } = await import('../report/waivers/propose.ts');
  const { safeText } = await import('../report/words/safe-text.ts');
  const lines = [
    heading(proposals, run.result.cells.mismatch),
    ...proposals.map((proposal) => `  ${safeText(whatOf(proposal))}: ${coverWords(proposal)}`),
  ];
  if (out === undefined) io.stdout.write(yaml);
  else lines.push(`  ${shown(path.resolve(out))}`);
  // What is written for people stands beside the YAML, not in it.
  (out === undefined ? io.stderr : io.stdout).write(`${lines.join('\n')}\n`);
  return EXIT.met;
}

function heading(proposals: readonly Proposal[], mismatches: number): string {
  if (mismatches === 0) return 'Nothing to waive: the run has no mismatch.';
  const covered = proposals.reduce((sum, { covers }) => sum + covers, 0);
  const waivers = proposals.length === 1 ? '1 waiver covers' : `${proposals.length} waivers cover`;
  return `${waivers} ${covered} of ${mismatches} ${mismatches === 1 ? 'mismatch' : 'mismatches'}:`;
}

const whatOf = ({ cause, rule, sku, org }: Proposal): string =>
  [cause === null ? rule : `cause ${cause}`, sku, org].filter((part) => part !== null).join(', ');
