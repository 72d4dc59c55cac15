/** `parity compare`: one finished run against another. */
import path from 'node:path';
import type { Command } from 'commander';
import { HarnessError } from '../domain/errors.ts';
import type { RunComparison } from '../domain/run-comparison.ts';
import { EXIT } from '../domain/verdict.ts';
import { VERSION } from '../runner/version.ts';
import { type CommandIo, shown, wantsColour } from './io.ts';

interface CompareValues {
  readonly json?: boolean;
  readonly markdown?: string;
  readonly html?: string;
  readonly failOnNew?: boolean;
}

export function addCompare(program: Command, io: CommandIo, finish: (code: number) => void): void {
  program
    .command('compare')
    .description(
      'two finished runs: which mismatches are new, changed, persisting, waived since, fixed, or not looked at',
    )
    .argument('<before>', 'folder of the earlier run')
    .argument('<after>', 'folder of the later run')
    .option(
      '--fail-on-new',
      'end with 1 if a mismatch is new or worse, else with 3 if one is gone without proof or less was looked at',
    )
    .option('--markdown <file>', 'write the comparison as Markdown, too')
    .option('--html <file>', 'write the comparison as a page, too')
    .option('--json', 'write the comparison to standard output as JSON, and nothing else')
    .action(async (before: string, after: string, values: CompareValues) => {
      finish(await compare(before, after, values, io));
    });
}

async function compare(before: string, after: string, values: CompareValues, io: CommandIo): Promise<number> {
  const { openRunRecord } = await import('../runner/folder/run-record.ts');
  const { compareRuns } = await import('../history/compare-runs.ts');
  const comparison = compareRuns(await openRunRecord(before), await openRunRecord(after));
  if (values.markdown !== undefined) {
    await writeMarkdown(path.resolve(values.markdown), comparison);
  }
  if (values.html !== undefined) {
    const { writeComparisonPage } = await import('../report/html/comparison/write.ts');
    await writeComparisonPage(path.resolve(values.html), comparison, VERSION);
  }
  if (values.json) io.stdout.write(`${JSON.stringify({ schemaVersion: 1, ...comparison })}\n`);
  else await show(comparison, values, io);
  if (!values.failOnNew) return EXIT.met;
  const code = codeOf(comparison);
  if (code === EXIT.notVerified) {
    for (const sentence of comparison.unproven) io.stderr.write(`--fail-on-new is not satisfied: ${sentence}\n`);
  }
  return code;
}

async function writeMarkdown(file: string, comparison: RunComparison): Promise<void> {
  const { comparisonMarkdown } = await import('../report/markdown/comparison.ts');
  const { writeAtomically } = await import('../report/atomic-write.ts');
  try {
    await writeAtomically(file, [comparisonMarkdown(comparison)]);
  } catch (cause) {
    if (!(cause instanceof HarnessError)) throw cause;
    throw new HarnessError(cause.code, cause.message, {
      cause,
      hint: 'Name a file with --markdown that can be written; its folder must be there.',
    });
  }
}

async function show(comparison: RunComparison, { markdown, html }: CompareValues, io: CommandIo): Promise<void> {
  const { showComparison } = await import('../report/terminal/comparison.ts');
  const width = Math.min(io.stdout.columns ?? 100, 120);
  io.stdout.write(showComparison(comparison, { colour: wantsColour(io.stdout, io.env), width }));
  const files = [markdown, html].filter((file) => file !== undefined).map((file) => `  ${shown(path.resolve(file))}\n`);
  if (files.length > 0) io.stdout.write(`\n${files.join('')}`);
}

/** Proven before unseen, as for a run. */
function codeOf({ counts, sightLost }: RunComparison): number {
  if (counts.new + counts.worse > 0) return EXIT.notMet;
  return sightLost ? EXIT.notVerified : EXIT.met;
}
