/** The first sheet: what the run concludes, the money by currency, and what was looked at. */
import type { ResultMoney, RunResult, RunScope } from '../../domain/run-result.ts';
import type { Extract, ReportContext } from '../reporter.ts';
import { unknownMoneyWords } from '../words/books.ts';
import { capital, counted, STATUS_WORDS } from '../words/common.ts';
import { comparedSentence, limitSentences, limitWords } from '../words/compared.ts';
import { gateTitle, PERCENT } from '../words/gate.ts';
import { headline } from '../words/headline.ts';
import { verdictWord } from '../words/waived.ts';
import { amountCell, type Cell, countCell, dateCell, instantCell, textCell } from './cell.ts';
import { pageOf, type Row, type Sheet } from './sheet.ts';

const WIDTHS = [34, 21, 21, 21, 21, 18, 18];
/** Characters that stand on one line beside a label. */
const LINE = 105;

const BLANK: Row = { cells: [] };
const row = (...cells: readonly (Cell | null)[]): Row => ({ cells });
const fact = (label: string, cell: Cell): Row => row(textCell(label, 'label'), cell);
/** A sentence beside its label, on as many lines as it needs. */
const textFact = (label: string, text: string): Row => ({
  cells: [textCell(label, 'label'), textCell(text, 'sentence')],
  lines: text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / LINE)), 0),
});
/** The first heading is of words, the others of figures. */
const headed = (first: string, ...figures: readonly string[]): Row =>
  row(textCell(first, 'heading'), ...figures.map((text) => textCell(text, 'headingRight')));

/** A part of a run tells of its own findings alone. */
export function summarySheet(context: ReportContext): Sheet {
  const { result, extract } = context;
  const rows =
    extract === undefined
      ? [
          ...conclusion(context),
          ...money(result),
          ...gate(result),
          ...coverage(result),
          ...periods(result),
          ...identity(result),
          ...notes(result),
        ]
      : [...part(result, extract), ...money(result), ...checks(result), ...identity(result)];
  return pageOf('Summary', WIDTHS, rows);
}

const part = ({ run }: RunResult, { query, isOfCustomers }: Extract): readonly Row[] => [
  row(textCell(`Extract of a run: ${run.scenario}`, 'title')),
  textFact(isOfCustomers ? 'Organisations that fit' : 'Findings that fit', query),
  textFact(
    'Not in it',
    isOfCustomers
      ? 'The rest of the run: its verdict, the checks and bills of others, its accounts and its tie-out.'
      : 'The rest of the run: its verdict, its statement, its accounts and its tie-out.',
  ),
];

function conclusion({ result, findings }: ReportContext): readonly Row[] {
  const { run, gate: outcome } = result;
  const limits = limitWords(result);
  const compared = comparedSentence(result);
  const reportOnly = outcome.mode === 'report' && result.verdict !== 'parity' ? ' (the gate only reports)' : '';
  return [
    row(textCell(`Cutover Parity: ${run.scenario}`, 'title')),
    textFact('Verdict', `${verdictWord(result)}${reportOnly}${limits === '' ? '' : ` (${limits})`}`),
    textFact('In short', headline(result, findings)),
    ...(compared === null ? [] : [textFact('What was looked at', compared)]),
    ...limitSentences(result).map((sentence) => textFact('What was not', sentence)),
    ...(run.scope === undefined ? [] : scope(run.scope)),
  ];
}

const PERIODS: Readonly<Record<RunScope['period'], string>> = {
  open: 'the open billing period',
  'last-closed': 'the last closed billing period',
  date: 'the billing period of a given date',
};

function scope({ orgs, orgIds, apps, period, partOf }: RunScope): readonly Row[] {
  const many = counted(orgIds?.length ?? 0, 'organisation');
  const who = {
    all: 'all organisations that either side knows',
    listed: `the ${many} that the scenario lists`,
    narrowed: `${many} of ${partOf ?? 'the scenario'}, chosen by --org`,
  };
  return [
    textFact('Scope', `${capital(who[orgs])}; ${PERIODS[period]}.`),
    ...apps.map(({ appId, partNumbers }) => textFact('App and part numbers', `${appId}: ${partNumbers.join(', ')}`)),
  ];
}

const NOTHING: Omit<ResultMoney, 'currency'> = { overBilled: '0', underBilled: '0' };

function money(result: RunResult): readonly Row[] {
  const { moneyAtRisk, moneyWaived = [] } = result;
  const currencies = [...new Set([...moneyAtRisk, ...moneyWaived].map(({ currency }) => currency))].sort();
  const of = (all: readonly ResultMoney[], currency: string) => all.find((one) => one.currency === currency) ?? NOTHING;
  const rows = currencies.map((currency) => {
    const [risk, waived] = [of(moneyAtRisk, currency), of(moneyWaived, currency)];
    const amounts = [risk.overBilled, risk.underBilled, waived.overBilled, waived.underBilled];
    return row(textCell(currency), ...amounts.map((amount) => amountCell(amount, currency)));
  });
  const unknown = unknownMoneyWords(result);
  return [
    BLANK,
    headed('Money', 'over-billed at risk', 'under-billed at risk', 'over-billed waived', 'under-billed waived'),
    ...(rows.length === 0 ? [row(textCell(unknown === null ? 'none' : 'none that can be worked out'))] : rows),
    ...(unknown === null ? [] : [textFact('Not in these sums', capital(unknown.replace(/^and /, '')))]),
  ];
}

const gate = ({ gate: { mode, checks: all }, waivers }: RunResult): readonly Row[] => [
  BLANK,
  headed(mode === 'report' ? 'Gate (it only reports)' : 'Gate', 'limit', 'actual', 'outcome'),
  ...all.map((check) => {
    const { name, limit, actual, met } = check;
    const currency = name.split('.')[1] ?? null;
    const title = `${gateTitle(check)}${PERCENT.has(name) ? ' (%)' : ''}`;
    const outcome = textCell(met ? 'met' : 'not met', 'right');
    return row(textCell(title), amountCell(limit, currency), amountCell(actual, currency), outcome);
  }),
  BLANK,
  headed('Waivers', 'used', 'unused', 'expired'),
  row(null, countCell(waivers.used), countCell(waivers.unused), countCell(waivers.expired)),
];

const coverage = (result: RunResult): readonly Row[] => [
  BLANK,
  headed('Organisations', 'expected', 'compared', 'at parity', 'unreachable'),
  row(
    null,
    ...[result.orgs.expected, result.orgs.compared, result.orgs.atParity, result.orgs.unreachable].map(countCell),
  ),
  ...checks(result),
];

const checks = ({ cells }: RunResult): readonly Row[] => [
  BLANK,
  headed('Checks', ...STATUSES.map(([status]) => STATUS_WORDS[status].word.toLowerCase())),
  row(null, ...STATUSES.map(([, count]) => countCell(cells[count]))),
];

const STATUSES = [
  ['match', 'match'],
  ['tolerated', 'tolerated'],
  ['waived', 'waived'],
  ['mismatch', 'mismatch'],
  ['unstable', 'unstable'],
  ['not-comparable', 'notComparable'],
] as const;

function periods({ periods: all = [] }: RunResult): readonly Row[] {
  if (all.length === 0) return [];
  return [
    BLANK,
    row(
      ...['Billing period from', 'to', 'status'].map((text) => textCell(text, 'heading')),
      ...['organisations', 'checks that agree', 'mismatches', 'not compared'].map((text) =>
        textCell(text, 'headingRight'),
      ),
    ),
    ...all.map(({ start, end, status, orgs, agree, mismatch, unstable, notComparable }) => {
      const counts = [orgs, agree, mismatch, unstable + notComparable].map(countCell);
      return row(dateCell(start), dateCell(end), textCell(status), ...counts);
    }),
  ];
}

const identity = ({ run, tool }: RunResult): readonly Row[] => [
  BLANK,
  row(textCell('Run', 'heading'), textCell('', 'heading')),
  textFact('Id', run.id),
  ...(run.shard === null ? [] : [textFact('Shard', `${run.shard}, a part of the organisations`)]),
  textFact('Legacy side', run.sources.legacy ?? 'not asked'),
  textFact('Contract side', run.sources.contract),
  ...(run.today === undefined ? [] : [fact('Date by the answers', dateCell(run.today))]),
  fact('Started (UTC)', instantCell(run.startedAt)),
  fact('Finished (UTC)', instantCell(run.finishedAt)),
  textFact('Scenario, SHA-256', run.scenarioSha256),
  textFact('Written by', `${tool.name} ${tool.version}`),
];

const notes = ({ notes: all }: RunResult): readonly Row[] =>
  all.length === 0
    ? []
    : [BLANK, row(textCell('Notes', 'heading'), textCell('', 'heading')), ...all.map((note) => textFact('', note))];
