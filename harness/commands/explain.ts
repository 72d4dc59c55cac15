/** `parity explain`: one finding of a finished run, with both sides' evidence. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { HarnessError } from '../domain/errors.ts';
import type { Finding } from '../domain/run-result.ts';
import { EXIT } from '../domain/verdict.ts';
import type { RunFolder } from '../runner/folder/run-folder.ts';
import { type CommandIo, shown, wantsColour } from './io.ts';

interface ExplainValues {
  readonly run?: string;
  readonly json?: boolean;
}

export function addExplain(program: Command, io: CommandIo, finish: (code: number) => void): void {
  program
    .command('explain')
    .description('one finding of a finished run: both values, both exchanges, a curl for each')
    .argument('<finding>', 'id of a finding, or its beginning')
    .option('--run <dir>', 'folder of the run (default: the newest run of each scenario in ./reports)')
    .option('--json', 'write finding and exchanges to standard output as JSON, and nothing else')
    .action(async (id: string, values: ExplainValues) => {
      finish(await explain(id, values, io));
    });
}

async function explain(id: string, values: ExplainValues, io: CommandIo): Promise<number> {
  const { citedBy, openRunFolder } = await import('../runner/folder/run-folder.ts');
  const dirs = values.run === undefined ? await newestRuns() : [values.run];
  const runs = await Promise.all(dirs.map((dir) => openRunFolder(dir)));
  const { run, finding } = findOne(id, runs);
  const exchanges = await citedBy(finding, run);
  if (values.json) {
    io.stdout.write(`${JSON.stringify({ finding, exchanges: [...exchanges.values()] })}\n`);
    return EXIT.met;
  }
  const { explainFinding } = await import('../report/terminal/finding.ts');
  const { RULES } = await import('../compare/rules/registry.ts');
  const rule = RULES.find((one) => one.id === finding.rule) ?? null;
  io.stdout.write(explainFinding(finding, { colour: wantsColour(io.stdout, io.env), rule, exchanges }));
  io.stdout.write(`\nRun ${run.result.run.id} of ${run.result.run.scenario}: ${shown(run.dir)}\n`);
  return EXIT.met;
}

async function newestRuns(): Promise<string[]> {
  const names = await readdir('reports', { withFileTypes: true }).catch(() => []);
  const dirs = names.filter((entry) => entry.isDirectory()).map(({ name }) => path.join('reports', name, 'latest'));
  const there = await Promise.all(
    dirs.map((dir) =>
      readdir(dir).then(
        () => [dir],
        () => [],
      ),
    ),
  );
  if (there.flat().length > 0) return there.flat();
  throw new HarnessError('usage', 'no run found in ./reports', {
    hint: 'Name its folder: parity explain ID --run DIR',
  });
}

/** @throws HarnessError `usage` unless exactly one finding has an id that begins so. */
function findOne(id: string, runs: readonly RunFolder[]): { readonly run: RunFolder; readonly finding: Finding } {
  const found = runs.flatMap((run) =>
    run.findings.filter((finding) => finding.id.startsWith(id)).map((finding) => ({ run, finding })),
  );
  const whole = found.filter(({ finding }) => finding.id === id);
  const [one, another] = whole.length > 0 ? whole : found;
  if (one !== undefined && another === undefined) return one;
  const where = runs.map(({ dir }) => shown(dir)).join(', ');
  if (one === undefined) {
    throw new HarnessError('usage', `no finding ${id} in ${where}`, {
      hint: 'Ids stand in findings.jsonl, in the report, and below each example on the terminal. Another run: --run DIR.',
    });
  }
  const ids = found.slice(0, 5).map(({ finding }) => finding.id);
  throw new HarnessError(
    'usage',
    `${found.length} findings have an id that begins with ${JSON.stringify(id)}: ${ids.join(', ')}${found.length > 5 ? ', …' : ''}`,
    {
      hint: 'Give more of the id, or one run with --run DIR.',
    },
  );
}
