/** `parity history`: the runs below a folder, over time, and how far the cutover is. */
import path from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { type IsoDate, isoDate, parseDate } from '../domain/billing-period.ts';
import { HarnessError } from '../domain/errors.ts';
import type { History } from '../domain/history.ts';
import { EXIT } from '../domain/verdict.ts';
import { folderFor } from '../runner/folder/folder-for.ts';
import { VERSION } from '../runner/version.ts';
import { type CommandIo, shown, wantsColour } from './io.ts';

interface HistoryValues {
  readonly today?: IsoDate;
  readonly since?: IsoDate;
  readonly sandbox?: boolean;
  readonly html?: string | true;
  readonly bundle?: string;
  readonly csv?: string;
  readonly json?: boolean;
}

export function addHistory(program: Command, io: CommandIo, finish: (code: number) => void): void {
  program
    .command('history')
    .description('nights at parity, trend and readiness over the runs found below a folder')
    .argument('[dir]', 'folder that the runs lie in', 'reports')
    .option('--today <date>', 'the day as of which to speak (default: today, UTC)', dayOf)
    .option('--since <date>', 'leave out nights before it: from here on the scenario is meant to look at less', dayOf)
    .option('--sandbox', 'tell of runs over the embedded sandbox, where there are no others')
    .option('--html [file]', 'write a page for people (default: history.html in the folder)')
    .option('--bundle <file>', 'write what a manager files: a .zip, or a new folder')
    .option(
      '--csv <file>',
      'write readiness by customer: nights and cycles at parity, who can be billed, who not and why',
    )
    .option('--json', 'write the history to standard output as JSON, and nothing else')
    .action(async (dir: string, values: HistoryValues) => {
      finish(await showHistory(dir, values, io));
    });
}

function dayOf(text: string): IsoDate {
  const day = parseDate(text);
  if (day === null || day !== text) throw new InvalidArgumentError('expected a date yyyy-MM-dd');
  return day;
}

async function showHistory(dir: string, values: HistoryValues, io: CommandIo): Promise<number> {
  const { findRuns } = await import('../history/store.ts');
  const { historyOf } = await import('../history/trend.ts');
  const history = historyOf(await findRuns(dir), {
    today: values.today ?? isoDate(new Date().toISOString()),
    since: values.since ?? null,
    sandbox: values.sandbox === true,
  });
  if (history.runs === 0) throw noRuns(dir, history);
  const files = await writeFiles(dir, history, values);
  if (values.json) {
    io.stdout.write(`${JSON.stringify(history)}\n`);
    return EXIT.met;
  }
  const { historyText } = await import('../report/terminal/history.ts');
  const width = Math.min(io.stdout.columns ?? 100, 120);
  const colour = wantsColour(io.stdout, io.env);
  io.stdout.write(historyText(history, { colour, width, files: files.map((file) => shown(path.resolve(file))) }));
  return EXIT.met;
}

/** @returns what was written. */
async function writeFiles(dir: string, history: History, { html, bundle, csv }: HistoryValues): Promise<string[]> {
  if (html === undefined && bundle === undefined && csv === undefined) return [];
  const { customersCsv } = await import('../report/csv/customers.ts');
  const { historyPage, writeHistoryPage } = await import('../report/html/history/write.ts');
  const files: string[] = [];
  if (html !== undefined) {
    const file = html === true ? path.join(dir, 'history.html') : html;
    await writeHistoryPage(file, history, VERSION);
    files.push(file);
  }
  if (csv !== undefined) {
    await folderFor(path.dirname(csv), '--csv FILE');
    const { writeAtomically } = await import('../report/atomic-write.ts');
    await writeAtomically(csv, [customersCsv(history)]);
    files.push(csv);
  }
  if (bundle !== undefined) {
    const { bundleOf } = await import('../history/bundle.ts');
    const { resultTexts, writeBundle } = await import('../history/bundle-write.ts');
    const { historySummary } = await import('../report/markdown/history-summary.ts');
    const documents = new Map([
      ['history.html', await historyPage(history, VERSION)],
      ['customers.csv', customersCsv(history)],
      ['summary.md', historySummary(history, VERSION)],
    ]);
    const results = await resultTexts(dir, history);
    await folderFor(path.dirname(bundle), '--bundle FILE');
    await writeBundle(bundle, bundleOf({ history, version: VERSION, documents, results }));
    files.push(bundle);
  }
  return files;
}

function noRuns(dir: string, { leftOut }: History): HarnessError {
  const [first] = leftOut;
  const seen = first === undefined ? '' : `; left out: ${shown(path.join(dir, first.dir))} ${first.why}`;
  const more = leftOut.length > 1 ? `, and ${leftOut.length - 1} more` : '';
  const sandbox = leftOut.some(({ why }) => why.includes('embedded sandbox'));
  return new HarnessError('usage', `${dir} holds no run that speaks for a night${seen}${more}`, {
    hint: sandbox
      ? 'Runs over the embedded sandbox are shown with --sandbox, as long as there are no others.'
      : 'Give the folder that the runs lie in; parity run writes to reports/<scenario>/<run id>.',
  });
}
