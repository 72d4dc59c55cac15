/** `parity report`: the HTML report of a finished run, written again, whole or in part. */
import { mkdir } from 'node:fs/promises';
import type { Command } from 'commander';
import { EXIT } from '../domain/verdict.ts';
import { type CommandIo, shown } from './io.ts';

interface ReportValues {
  readonly out?: string;
  readonly only?: string;
  readonly json?: boolean;
}

export function addReport(program: Command, io: CommandIo, finish: (code: number) => void): void {
  program
    .command('report')
    .description('write the HTML report of a finished run again, or a part of it to pass on')
    .argument('<dir>', 'folder of the run')
    .option('--out <dir>', 'folder to write report.html into (default: that of the run; needed with --only)')
    .option('--only <search>', "only these findings and their evidence, such as 'app:wallboard' or 'org:acme'")
    .option('--json', 'write what was written to standard output as JSON, and nothing else')
    .action(async (dir: string, values: ReportValues) => {
      finish(await report(dir, values, io));
    });
}

async function report(dir: string, { out, only, json }: ReportValues, io: CommandIo): Promise<number> {
  const { HarnessError } = await import('../domain/errors.ts');
  if (only !== undefined && out === undefined) {
    throw new HarnessError('usage', '--only needs --out: a part must not take the place of the whole report', {
      hint: `parity report ${dir} --only '${only}' --out extract`,
    });
  }
  const { renderAgain } = await import('../runner/render.ts');
  if (out !== undefined) await mkdir(out, { recursive: true });
  const rendered = await renderAgain(dir, { out: out ?? dir, query: only ?? null });
  if (json) {
    io.stdout.write(`${JSON.stringify(rendered)}\n`);
    return EXIT.met;
  }
  const [told, all] = rendered.findings;
  io.stdout.write(`${told === all ? `${all} findings` : `${told} of ${all} findings`}\n`);
  if (rendered.missing > 0) {
    io.stdout.write(`note: ${rendered.missing} exchanges are no longer in the folder: their evidence is left out\n`);
  }
  for (const file of rendered.files) io.stdout.write(`  ${shown(file)}\n`);
  return EXIT.met;
}
