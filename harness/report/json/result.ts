/** From what the comparison concluded to result.json: decimals as text, amounts at the currency's minor unit. */
import type { MoneyTotal } from '../../domain/finding.ts';
import { formatAmount } from '../../domain/money.ts';
import type { Account } from '../../domain/record.ts';
import {
  RESULT_SCHEMA_VERSION,
  type RequestCounts,
  type ResultMoney,
  type ResultTieOut,
  type RunIdentity,
  type RunResult,
} from '../../domain/run-result.ts';
import type { ComparedWhat, Judgement, TieOut, Unread } from '../../domain/verdict.ts';
import { periodCounts } from './period-counts.ts';

/** What a result says of its run and not of its comparison. */
export interface ResultMeta {
  /** Version of this tool. */
  readonly version: string;
  readonly run: RunIdentity;
  readonly requests: RequestCounts;
}

const moneyOf = (totals: readonly MoneyTotal[]): ResultMoney[] =>
  totals.map(({ currency, overBilled, underBilled }) => ({
    currency,
    overBilled: formatAmount(overBilled, currency),
    underBilled: formatAmount(underBilled, currency),
  }));

const sortedByKey = (record: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));

const accountOf = ({ record, received, compared, notComparable, outOfScope }: Account): Account => ({
  record,
  received,
  compared,
  notComparable,
  outOfScope: outOfScope.map(({ reason, count }) => ({ reason, count })),
});

function tieOutOf(tieOut: TieOut): ResultTieOut {
  const { currency, notCompared } = tieOut;
  const text = (amount: TieOut['legacy']): string => formatAmount(amount, currency);
  return {
    currency,
    legacy: text(tieOut.legacy),
    contract: text(tieOut.contract),
    difference: text(tieOut.difference),
    findings: text(tieOut.findings),
    residual: text(tieOut.residual),
    notCompared: { legacy: text(notCompared.legacy), contract: text(notCompared.contract) },
  };
}

const comparedOf = ({ quantities, prices, invoices, listingDetail, because }: ComparedWhat): ComparedWhat => ({
  quantities,
  prices,
  invoices,
  listingDetail: { asked: listingDetail.asked, of: listingDetail.of },
  because: sortedByKey(because),
});

const unreadOf = ({ side, source, code, reason, request, count }: Unread): Unread => ({
  side,
  source,
  code,
  reason,
  request,
  count,
});

const identityOf = (run: RunIdentity): RunIdentity => ({
  id: run.id,
  scenario: run.scenario,
  scenarioSha256: run.scenarioSha256,
  startedAt: run.startedAt,
  finishedAt: run.finishedAt,
  sources: { legacy: run.sources.legacy, contract: run.sources.contract },
  shard: run.shard,
  origins: sortedByKey(run.origins),
  sandbox: run.sandbox,
  ...(run.today === undefined ? {} : { today: run.today }),
  ...(run.readiness === undefined ? {} : { readiness: run.readiness }),
  ...(run.scope === undefined ? {} : { scope: run.scope }),
});

/** Pure; the keys stand in the pinned order, whatever the order of what comes in. */
export function toResult(judgement: Judgement, meta: ResultMeta): RunResult {
  const { gate, orgs, counts, waivers } = judgement;
  const { requests } = meta;
  return {
    schemaVersion: RESULT_SCHEMA_VERSION,
    tool: { name: 'cutover-parity', version: meta.version },
    run: identityOf(meta.run),
    verdict: judgement.verdict,
    gate: {
      mode: gate.mode,
      met: gate.met,
      checks: gate.checks.map(({ name, limit, actual, met }) => ({ name, limit, actual, met })),
    },
    orgs: {
      expected: orgs.expected,
      compared: orgs.compared,
      atParity: orgs.atParity,
      unreachable: orgs.unreachable,
    },
    cells: {
      match: counts.match,
      tolerated: counts.tolerated,
      mismatch: counts.mismatch,
      waived: counts.waived,
      unstable: counts.unstable,
      notComparable: counts.notComparable,
    },
    moneyAtRisk: moneyOf(judgement.moneyAtRisk),
    rootCauses: judgement.rootCauses.map((cause) => ({
      id: cause.id,
      title: cause.title,
      sku: cause.sku,
      explains: cause.explains,
      of: cause.of,
      moneyAtRisk: moneyOf(cause.moneyAtRisk),
      findings: [...cause.findings],
    })),
    unexplained: judgement.unexplained,
    waivers: { used: waivers.used, unused: waivers.unused, expired: waivers.expired },
    moneyWaived: moneyOf(judgement.moneyWaived),
    moneyUnknown: judgement.moneyUnknown,
    accounts: judgement.accounts.map(accountOf),
    tieOut: judgement.tieOut.map(tieOutOf),
    compared: comparedOf(judgement.compared),
    unread: judgement.unread.map(unreadOf),
    drift: judgement.drift.map(({ type, pointer, kind, count, severity, effect }) => ({
      type,
      pointer,
      kind,
      count,
      ...(severity === undefined ? {} : { severity }),
      ...(effect === undefined ? {} : { effect }),
    })),
    requests: {
      legacy: requests.legacy,
      contract: requests.contract,
      retries: requests.retries,
      rateLimited: requests.rateLimited,
      replayed: requests.replayed,
    },
    notes: [...judgement.notes],
    periods: periodCounts(judgement),
  };
}
