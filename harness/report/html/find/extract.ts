/** A part of a finished run, to be passed on to whom it concerns: nothing in it tells of the rest. */
import { add, type Decimal, decimal } from '../../../domain/decimal.ts';
import { formatAmount } from '../../../domain/money.ts';
import type { Finding, ResultMoney, RunResult } from '../../../domain/run-result.ts';
import type { ReportContext } from '../../reporter.ts';
import { sumOf } from './customers.ts';
import { parseQuery, type Query } from './query.ts';
import { buildIndex, moneyOf, orgText } from './search-index.ts';

interface Sums {
  over: Decimal;
  under: Decimal;
}

function moneyIn(findings: readonly Finding[], status: Finding['status']): ResultMoney[] {
  const sums = new Map<string, Sums>();
  const counted = findings.filter((finding) => finding.status === status);
  for (const { currency, amount, direction } of counted.flatMap(moneyOf)) {
    const sum = sums.get(currency) ?? { over: decimal(0), under: decimal(0) };
    sums.set(currency, sum);
    if (direction === 'over-billed') sum.over = add(sum.over, decimal(amount));
    else sum.under = add(sum.under, decimal(amount));
  }
  return [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, { over, under }]) => ({
      currency,
      overBilled: formatAmount(over, currency),
      underBilled: formatAmount(under, currency),
    }));
}

function causesIn(findings: readonly Finding[], causes: RunResult['rootCauses']): RunResult['rootCauses'] {
  const mismatches = findings.filter(({ status }) => status === 'mismatch');
  return causes.flatMap((cause) => {
    const ids = new Set(cause.findings);
    const own = mismatches.filter(({ id }) => ids.has(id));
    if (own.length === 0) return [];
    const of = mismatches.filter(({ sku }) => cause.sku === null || sku === cause.sku).length;
    return [
      { ...cause, explains: own.length, of, findings: own.map(({ id }) => id), moneyAtRisk: moneyIn(own, 'mismatch') },
    ];
  });
}

/** The result as far as it is about these findings; it has no gate, and never says parity. @param match checks that match */
function resultOf(result: RunResult, findings: readonly Finding[], match: number): RunResult {
  const count = (status: Finding['status']): number => findings.filter((finding) => finding.status === status).length;
  const orgs = new Set(findings.flatMap((finding) => finding.orgs.map(({ id }) => id)));
  // What is told of the whole run, of all its records and bills, is left out.
  const { accounts: _accounts, tieOut: _tieOut, compared: _compared, periods: _periods, ...rest } = result;
  const { moneyUnknown: _moneyUnknown, ...told } = rest;
  return {
    ...told,
    verdict: count('mismatch') > 0 ? 'mismatch' : 'inconclusive',
    gate: { mode: result.gate.mode, met: false, checks: [] },
    orgs: { expected: orgs.size, compared: 0, atParity: 0, unreachable: 0 },
    cells: {
      match,
      tolerated: count('tolerated'),
      mismatch: count('mismatch'),
      waived: count('waived'),
      unstable: count('unstable'),
      notComparable: count('not-comparable'),
    },
    moneyAtRisk: moneyIn(findings, 'mismatch'),
    moneyWaived: moneyIn(findings, 'waived'),
    rootCauses: causesIn(findings, result.rootCauses),
    unexplained: findings.filter(({ status, rootCause }) => status === 'mismatch' && rootCause === null).length,
    drift: [],
    notes: [],
    run: { ...result.run, origins: {}, sandbox: null },
  };
}

/**
 * Whether all that is known of an organisation is meant: where a search names organisations and nothing else, their bills and the
 * checks that match go with their findings. What is billed over several at once goes only where each of them is named.
 */
function ofCustomers({ terms }: Query): ((orgs: Finding['orgs']) => boolean) | null {
  const values = terms.flatMap((term) =>
    term.kind === 'text' && term.field === 'org' && !term.negated ? [term.value] : [],
  );
  if (values.length === 0 || values.length < terms.length) return null;
  return (orgs) => {
    const texts = orgs.map((org) => orgText(JSON.stringify([org])).toLowerCase());
    return (
      texts.every((text) => values.some((value) => text.includes(value))) &&
      values.every((value) => texts.some((text) => text.includes(value)))
    );
  };
}

/** @param query as in the page's search box: `app:wallboard`, `org:acme`; a word that is not understood is searched for. */
export function extractOf(context: ReportContext, query: string): ReportContext {
  const asked = parseQuery(query);
  const rows = buildIndex(context.findings).rowsOf(asked);
  const findings = context.findings.filter((_, row) => rows[row] === 1);
  const ids = new Set(findings.map(({ id }) => id));
  const isTheirs = ofCustomers(asked);
  const passed = isTheirs === null ? null : (context.passed?.filter(({ orgs }) => isTheirs(orgs)) ?? null);
  const match = (passed ?? []).reduce((sum, { rules: own }) => sum + sumOf(own), 0);
  return {
    ...context,
    findings,
    statement: isTheirs === null ? [] : context.statement.filter(({ orgs }) => isTheirs(orgs)),
    passed,
    result: resultOf(context.result, findings, match),
    checks: [...context.checks].filter(({ id }) => ids.has(id)),
    earlier: [],
    extract: { query, isOfCustomers: isTheirs !== null },
  };
}
