/** A judgement in full, as text that a person reads: what decision tables are made of. */
import type { Evidence } from '../../domain/figure.ts';
import type { Cell, CellScope, MoneyAtRisk, RootCause, Statement } from '../../domain/finding.ts';
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

/** One line a cell, and one for all of one place of which the same is said. The same place again is `〃`. */
function cellLines(cells: readonly Cell[]): string[] {
  const ruleOf = new Map(cells.map((cell) => [cell.id, cell.rule]));
  const lines = new Map<string, { readonly cell: Cell; readonly said: string; readonly rules: string[] }>();
  for (const cell of cells) {
    if (cell.status === 'match') continue;
    const said = saidOf(cell, ruleOf);
    const key = `${cell.status} ${scopeOf(cell.scope)} ${said}`;
    const line = lines.get(key);
    if (line === undefined) lines.set(key, { cell, said, rules: [cell.rule] });
    else line.rules.push(cell.rule);
  }
  let before = '';
  return [...lines.values()].map(({ cell, said, rules }) => {
    const scope = scopeOf(cell.scope);
    const place = scope === before ? '〃' : scope;
    before = scope;
    return `${cell.status} ${rules.join(', ')} of ${place}: ${said}`;
  });
}

function causeOf(cause: RootCause): string {
  const amounts = cause.moneyAtRisk.map((total) => `${total.currency} +${total.overBilled} −${total.underBilled}`);
  return `cause ${cause.id} of ${cause.sku ?? 'all'}: ${cause.explains} of ${cause.of}, ${cause.findings.length} findings ${amounts.join(', ')} — ${cause.title}`;
}

/** The values that both sides state, and how often. */
function agreements(cells: readonly Cell[]): string {
  const counts = new Map<string, number>();
  for (const { rule, agreed } of cells) {
    if (agreed !== null) counts.set(`${rule} ${agreed}`, (counts.get(`${rule} ${agreed}`) ?? 0) + 1);
  }
  return [...counts].map(([what, count]) => (count === 1 ? what : `${what} (${count}×)`)).join(', ');
}

/** Everything that a judgement says, one line a thing; counts in the order of their types. */
export function tell(judgement: Judgement): string[] {
  const { orgs, counts, waivers, gate } = judgement;
  const totals = judgement.moneyAtRisk.map(
    ({ currency, overBilled, underBilled }) => ` ${currency} +${overBilled} −${underBilled}`,
  );
  const missed = gate.checks.filter(({ met }) => !met).map(({ name, limit, actual }) => ` ${name} ${actual}/${limit}`);
  return [
    `${judgement.verdict}, gate ${gate.met ? 'met' : `missed:${missed.join(',')}`}; parity ${judgement.parityPercent}, coverage ${judgement.coveragePercent}${totals.join('')}`,
    `orgs ${Object.values(orgs).join('/')}, cells ${Object.values(counts).join('/')}, unexplained ${judgement.unexplained}, waivers ${Object.values(waivers).join('/')}, outside ${judgement.outsideCoverage.size}`,
    ...judgement.rootCauses.map(causeOf),
    ...cellLines(judgement.cells),
    ...judgement.drift.map(
      ({ type, pointer, kind, count, severity, effect }) =>
        `drift ${type} ${pointer} ${kind} ${count}${severity === undefined ? '' : ` ${severity}: ${effect}`}`,
    ),
    ...judgement.notes.map((note) => `note: ${note}`),
    `agreed: ${agreements(judgement.cells)}`,
  ];
}

/** Of a judgement only what explains it: the causes, and by mismatch what follows from what. */
export function tellCauses(judgement: Judgement): string[] {
  const mismatches = judgement.cells.filter(({ status }) => status === 'mismatch');
  const ruleOf = new Map(mismatches.map((cell) => [cell.id, cell.rule]));
  const lines = mismatches.map(({ rule, scope, derivedFrom, rootCause }) => {
    const parent = derivedFrom === null ? '' : ` ← ${ruleOf.get(derivedFrom)}`;
    return `${scope.orgs.map(({ id }) => id).join('+')} ${rule}${parent}${rootCause === null ? '' : ` ⇐ ${rootCause}`}`;
  });
  const numberOf = new Map(mismatches.map((cell, index) => [cell.id, index + 1]));
  const causes = judgement.rootCauses.flatMap((cause) => [
    causeOf(cause),
    `  lines ${cause.findings.map((id) => numberOf.get(id)).join(' ')}`,
  ]);
  return [`unexplained ${judgement.unexplained}`, ...causes, ...lines];
}

/** A decision table: what is set against what, and all that is said of it; where that is what was said before, of which row. */
export function table(rows: readonly (readonly [string, Judgement])[], telling = tell): string {
  const seen = new Map<string, string>();
  const told = rows.map(([what, judgement]) => {
    const text = telling(judgement)
      .map((line) => `    ${line}\n`)
      .join('');
    const before = seen.get(text);
    if (before !== undefined) return `${what}\n    as: ${before}\n`;
    seen.set(text, what);
    return `${what}\n${text}`;
  });
  return told.join('\n');
}
