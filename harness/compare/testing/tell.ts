/**
 * What a judgement says of the rules under study, as text that a person reads: what decision tables are made of. Nothing here hangs
 * on how many rules there are, but for `totals`.
 */
import { group } from 'd3-array';
import type { Evidence } from '../../domain/figure.ts';
import type { Cell, CellScope, MoneyAtRisk, RootCause, Statement } from '../../domain/finding.ts';
import type { RuleId } from '../../domain/rule-ids.ts';
import type { Judgement } from '../../domain/verdict.ts';

const place = (at: Evidence | null): string => (at === null ? '' : ` @${at.exchange}${at.pointer}`);

function stated(statement: Statement | null): string {
  if (statement === null) return '·';
  const { value, raw, derivation, at, first } = statement;
  const text = `${value ?? 'nothing'}${raw === null ? '' : ` ‹${raw}›`}${derivation === null ? '' : ` (${derivation})`}`;
  return `${text}${place(at)}${first === undefined ? '' : ` first ${stated(first)}`}`;
}

const period = ({ period: of }: CellScope): string => (of === null ? '-' : `${of.start}/${of.end} ${of.status}`);

function scopeOf(scope: CellScope): string {
  const orgs = scope.orgs.map(({ id, name }) => (name === null ? id : `${id} “${name}”`)).join('+');
  const product = scope.sku === null && scope.partNumber === null ? '' : ` ${scope.partNumber}→${scope.sku}`;
  const more = [scope.side, scope.subject].filter((word) => word !== null && word !== '').join(' ');
  return `${orgs} ${scope.region ?? '-'}${product} ${scope.appId ?? '-'} ${period(scope)}${more === '' ? '' : ` ${more}`}`;
}

const money = (amounts: readonly MoneyAtRisk[]): string =>
  amounts.map(({ currency, amount, direction }) => ` ${currency} ${amount} ${direction}`).join('');

/** What is said of a cell but for its rule; `ruleOf` gives the rule of the cell that it follows from. */
function saidOf(cell: Cell, ruleOf: ReadonlyMap<string, string>): string {
  const delta = cell.delta === null ? '' : ` Δ ${cell.delta}${cell.relative === null ? '' : ` = ${cell.relative}`}`;
  const parent = cell.derivedFrom === null ? '' : ` ← ${ruleOf.get(cell.derivedFrom)}`;
  const cause = cell.rootCause === null ? '' : ` ⇐ ${cell.rootCause}`;
  const waiver = cell.waiver === null ? '' : ` waived by ${cell.waiver.owner}`;
  return `${stated(cell.legacy)} ‖ ${stated(cell.contract)}${delta}${money(cell.money)}${parent}${cause}${waiver} — ${cell.reason}`;
}

/** What a table is about. A rule that is not named leaves no trace in it. */
export interface Study {
  readonly rules: readonly RuleId[];
  /** The causes that are named for mismatches of these rules. */
  readonly causes?: boolean;
  /** What was seen beside the comparison, in words. */
  readonly notes?: boolean;
  readonly drift?: boolean;
}

const isStudied = ({ rules }: Study, rule: string): boolean => rules.some((id) => id === rule);

/** One line a cell, and one for all of one place of which the same is said. The same place again is `〃`. */
function cellLines(cells: readonly Cell[], study: Study, outside: ReadonlySet<string>): string[] {
  const ruleOf = new Map(cells.map((cell) => [cell.id, cell.rule]));
  const lines = new Map<string, { readonly scope: string; readonly status: string; said: string; rules: string[] }>();
  for (const cell of cells) {
    if (cell.status === 'match' || !isStudied(study, cell.rule)) continue;
    const said = saidOf(cell, ruleOf);
    const status = outside.has(cell.id) ? `${cell.status} (outside coverage)` : cell.status;
    const scope = scopeOf(cell.scope);
    const key = `${status} ${scope} ${said}`;
    const line = lines.get(key);
    if (line === undefined) lines.set(key, { scope, status, said, rules: [cell.rule] });
    else line.rules.push(cell.rule);
  }
  let before = '';
  return [...lines.values()].map(({ scope, status, said, rules }) => {
    const place = scope === before ? '〃' : scope;
    before = scope;
    return `${status} ${rules.join(', ')} of ${place}: ${said}`;
  });
}

const totalsLine = (totals: Judgement['moneyAtRisk']): string =>
  totals.map(({ currency, overBilled, underBilled }) => ` ${currency} +${overBilled} −${underBilled}`).join('');

const causeLine = ({ id, sku, explains, of, moneyAtRisk, title }: RootCause): string =>
  `cause ${id} of ${sku ?? 'several products'}: ${explains} of ${of}${totalsLine(moneyAtRisk)} — ${title}`;

/** What agrees: the values that both sides state, or the rule alone where no one value says it; and how often. */
function agreements(cells: readonly Cell[], study: Study): string {
  const counts = new Map<string, number>();
  for (const { rule, status, agreed } of cells) {
    if (status !== 'match' || !isStudied(study, rule)) continue;
    const what = agreed === null ? rule : `${rule} ${agreed}`;
    counts.set(what, (counts.get(what) ?? 0) + 1);
  }
  return [...counts].map(([what, count]) => (count === 1 ? what : `${what} (${count}×)`)).join(', ');
}

/** What is said of one row: what is not agreement, a line a thing, and the agreement in one line. */
interface Told {
  readonly lines: readonly string[];
  readonly agreed: string;
}

type Telling = (judgement: Judgement, study: Study) => Told;

const tell: Telling = ({ cells, rootCauses, drift, notes, outsideCoverage }, study) => ({
  lines: [
    ...(study.causes === true ? rootCauses.map(causeLine) : []),
    ...cellLines(cells, study, outsideCoverage),
    ...(study.drift === true ? drift : []).map(
      ({ type, pointer, kind, count, severity, effect }) =>
        `drift ${type} ${pointer} ${kind} ${count}${severity === undefined ? '' : ` ${severity}: ${effect}`}`,
    ),
    ...(study.notes === true ? notes : []).map((note) => `note: ${note}`),
  ],
  agreed: agreements(cells, study),
});

/** Of a judgement only what explains it: the causes, and by organisation what mismatches, what it follows from and what explains it. */
const tellCauses: Telling = ({ cells, rootCauses }, study) => {
  const ruleOf = new Map(cells.map(({ id, rule }) => [id, rule]));
  const mismatches = cells.filter(({ status, rule }) => status === 'mismatch' && isStudied(study, rule));
  const saidOfOrgs = new Map<string, string[]>();
  for (const { rule, scope, derivedFrom, rootCause } of mismatches) {
    const parent = derivedFrom === null ? '' : ` ← ${ruleOf.get(derivedFrom)}`;
    const who = `${scope.orgs.map(({ id }) => id).join('+')}${scope.sku === null ? '' : ` ${scope.sku}`}`;
    const said = `${rule}${parent}${rootCause === null ? ' unexplained' : ` ⇐ ${rootCause}`}`;
    saidOfOrgs.set(who, [...(saidOfOrgs.get(who) ?? []), said]);
  }
  const orgsOf = new Map<string, string[]>();
  for (const [who, all] of saidOfOrgs) orgsOf.set(all.join(', '), [...(orgsOf.get(all.join(', ')) ?? []), who]);
  const causes = rootCauses.map((cause) => {
    const own = cells.filter(({ rootCause }) => rootCause === cause.id).map(({ id }) => id);
    const isSame = own.join(' ') === cause.findings.join(' ') && own.length === cause.explains;
    return `${causeLine(cause)}${isSame ? '' : `; NOT ITS CELLS: ${cause.findings.join(' ')}`}`;
  });
  const lines = [...causes, ...[...orgsOf].map(([said, who]) => `${who.join(', ')}: ${said}`)];
  return { lines: lines.length === 0 ? ['no mismatch'] : lines, agreed: '' };
};

/** What is set against what: one word a factor. */
type Label = string | readonly string[];
type Row = readonly [Label, Judgement];

/** Words for one factor that stand for the same: what `legacy nothing` and `legacy 0`, or `legacy: …` and `legacy: …`, share is said once. */
function alternatives(words: readonly string[]): string {
  const all = [...new Set(words)];
  const [head = ''] = (all[0] ?? '').split(' ');
  const isShared = all.every(
    (word) => word.startsWith(`${head} `) && (head.endsWith(':') || word.split(' ').length === 2),
  );
  return all.map((word, index) => (isShared && index > 0 ? word.slice(head.length + 1) : word)).join(' | ');
}

/** Rows of which the same is said, in few words: `legacy nothing | 0, contract 5`. */
function joined(labels: readonly (readonly string[])[]): string[] {
  const ends = labels.flatMap(([head = '', ...rest]) => (rest.length === 0 ? [head] : []));
  const rests = group(
    labels.filter(({ length }) => length > 1),
    ([head = '']) => head,
  );
  const heads = group(rests.keys(), (head) => joined((rests.get(head) ?? []).map(([, ...rest]) => rest)).join('\n'));
  return [
    ...[...heads].flatMap(([rest, all]) => rest.split('\n').map((each) => `${alternatives(all)}, ${each}`)),
    ...(ends.length === 0 ? [] : [alternatives(ends)]),
  ];
}

const labelled = (labels: readonly Label[]): string[] =>
  joined(labels.map((label) => (typeof label === 'string' ? [label] : label)));

/** Rows by the text that is said of them. */
const byText = (rows: readonly (readonly [Label, string])[]): [string, string[]][] =>
  [...group(rows, ([, text]) => text)].map(([text, own]) => [text, labelled(own.map(([label]) => label))]);

/**
 * A decision table: the rules under study, then what is said of each row; rows that say the same are one entry, and those that only
 * agree, or of which the rules say nothing at all, are a line each at the end.
 */
export function table(study: Study, rows: readonly Row[], telling: Telling = tell): string {
  const told = rows.map(([label, judgement]) => [label, telling(judgement, study)] as const);
  const loud = told.flatMap(([label, { lines, agreed }]) =>
    lines.length === 0 ? [] : [[label, indented([...lines, ...(agreed === '' ? [] : [`agreed: ${agreed}`])])] as const],
  );
  const quiet = told.flatMap(([label, { lines, agreed }]) => (lines.length > 0 ? [] : [[label, agreed] as const]));
  const silent = byText(quiet).flatMap(([agreed, labels]) =>
    labels.map((label) => `${label}: ${agreed === '' ? 'no cell' : agreed}`),
  );
  const last = silent.length === 0 ? [] : [`Nothing but agreement\n${indented(silent)}`];
  return [`Rules: ${study.rules.join(', ')}\n`, ...entriesOf(loud), ...last].join('\n');
}

const indented = (lines: readonly string[]): string => lines.map((line) => `    ${line}\n`).join('');

const entriesOf = (rows: readonly (readonly [Label, string])[]): string[] =>
  byText(rows).map(([text, labels]) => `${labels.join('\n')}\n${text}`);

/** A table of causes. */
export const causesTable = (study: Study, rows: readonly Row[]): string => table(study, rows, tellCauses);

/** Several tables of one file, each under its title. */
export const tables = (sections: readonly (readonly [string, string])[]): string =>
  sections.map(([title, text]) => `══ ${title}\n${text}`).join('\n');

/** All that counts cells of every rule; counts in the order of their types. */
export function totals(rows: readonly Row[]): string {
  const told = rows.map(([label, judgement]) => {
    const { orgs, counts, waivers, gate, parityPercent, coveragePercent } = judgement;
    const checks = gate.checks.map(
      ({ name, limit, actual, met }) => `${name} ${actual}/${limit}${met ? '' : ' missed'}`,
    );
    const outside = judgement.outsideCoverage.size;
    const lines = [
      `${judgement.verdict}, gate ${gate.met ? 'met' : 'missed'} (${gate.mode}): ${checks.join(', ')}`,
      `parity ${parityPercent}, coverage ${coveragePercent}${totalsLine(judgement.moneyAtRisk)}`,
      `orgs ${Object.values(orgs).join('/')}, cells ${Object.values(counts).join('/')}, unexplained ${judgement.unexplained}, waivers ${Object.values(waivers).join('/')}, outside ${outside}`,
    ];
    return [label, indented(lines)] as const;
  });
  return entriesOf(told).join('\n');
}
