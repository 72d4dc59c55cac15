/** `parity report`: the report of a finished run, written again, whole or in part: as a page, for spreadsheets, or for the file. */
import path from 'node:path';
import type { Command } from 'commander';
import { EXIT } from '../domain/verdict.ts';
import { REWRITTEN_HELP, reporterNames } from '../report/names.ts';
import { type CommandIo, shown } from './io.ts';

interface ReportValues {
  readonly out?: string;
  readonly only?: string;
  readonly reporter?: string;
  /** True: the option without a file. */
  readonly pdf?: string | true;
  readonly json?: boolean;
}

export function addReport(program: Command, io: CommandIo, finish: (code: number) => void): void {
  program
    .command('report')
    .description('write the report of a finished run again, or a part of it to pass on')
    .argument('<dir>', 'folder of the run')
    .option('--out <dir>', 'folder to write into (default: that of the run; needed with --only)')
    .option('--only <search>', "only these findings and their evidence, such as 'app:wallboard' or 'org:acme'")
    .option('--reporter <list>', REWRITTEN_HELP)
    .option(
      '--pdf [file]',
      'a PDF with all findings and room for signatures (default: report.pdf); needs a Chromium or Chrome',
    )
    .option('--json', 'write what was written to standard output as JSON, and nothing else')
    .action(async (dir: string, values: ReportValues) => {
      finish(await report(dir, values, io));
    });
}

async function report(dir: string, values: ReportValues, io: CommandIo): Promise<number> {
  const { out, only, reporter, json } = values;
  const { HarnessError } = await import('../domain/errors.ts');
  if (only !== undefined && out === undefined) {
    throw new HarnessError('usage', '--only needs --out: a part must not take the place of the whole report', {
      hint: `parity report ${dir} --only '${only}' --out extract`,
    });
  }
  if (only !== undefined) await mustBeUnderstood(only);
  const { renderAgain } = await import('../runner/render.ts');
  const pdf = await pdfOf(dir, values, io);
  const rendered = await renderAgain(dir, {
    out: out ?? dir,
    query: only ?? null,
    reporters: reporterNames(reporter),
    pdf,
  });
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

/** The browser is looked for before anything is written. @throws HarnessError `usage` */
async function pdfOf(dir: string, { pdf, out }: ReportValues, io: CommandIo) {
  if (pdf === undefined) return null;
  const { findBrowser } = await import('../report/pdf/browser.ts');
  return { file: pdf === true ? path.join(out ?? dir, 'report.pdf') : pdf, browser: findBrowser(io.env) };
}

/** In the page a word that is no field is searched for as it stands; here it would end in an extract of something else. */
async function mustBeUnderstood(search: string): Promise<void> {
  const { parseQuery, TEXT_FIELDS } = await import('../report/html/find/query.ts');
  const [misread] = parseQuery(search).misread;
  if (misread === undefined) return;
  const { HarnessError } = await import('../domain/errors.ts');
  const { didYouMean } = await import('../scenario/nearest.ts');
  const fields = [...TEXT_FIELDS, 'money'];
  const [field = ''] = misread.replace(/^-/, '').split(':');
  const problem = fields.includes(field)
    ? `${misread} cannot be read`
    : `there is no field ${field}${didYouMean(field, fields)}`;
  throw new HarnessError('usage', `--only ${search}: ${problem}`, {
    hint: `Fields: ${fields.join(', ')} (money:>100). To search for the text itself, put it in quotes: '"${misread}"'.`,
  });
}
