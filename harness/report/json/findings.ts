/** From judged cells to findings.jsonl: every cell that is not a match, with evidence that can be followed. */
import type { Evidence } from '../../domain/figure.ts';
import type { Cell, MoneyAtRisk, Statement } from '../../domain/finding.ts';
import { formatAmount } from '../../domain/money.ts';
import type { Finding, FindingEvidence, FindingMoney, FindingStatement } from '../../domain/run-result.ts';
import type { Judgement } from '../../domain/verdict.ts';

/** What a finding says of an exchange: path and query, when it was answered (ISO instant), the vendor's id for it. */
export interface ExchangeSummary {
  readonly url: string;
  readonly at: string;
  readonly correlationId: string | null;
}

export type ExchangeIndex = (exchangeId: string) => ExchangeSummary | null;

function evidenceOf(at: Evidence | null, index: ExchangeIndex): FindingEvidence | null {
  const exchange = at === null ? null : index(at.exchange);
  if (at === null || exchange === null) return null;
  return {
    exchange: at.exchange,
    url: exchange.url,
    at: exchange.at,
    correlationId: exchange.correlationId,
    pointer: at.pointer,
  };
}

const statedOf = ({ value, raw, derivation, at }: Statement, index: ExchangeIndex): FindingStatement => ({
  value,
  raw,
  derivation,
  evidence: evidenceOf(at, index),
});

const statementOf = (statement: Statement | null, index: ExchangeIndex): FindingStatement | null =>
  statement === null
    ? null
    : {
        ...statedOf(statement, index),
        ...(statement.first === undefined ? {} : { first: statedOf(statement.first, index) }),
      };

const moneyOf = ({ currency, amount, direction }: MoneyAtRisk): FindingMoney => ({
  currency,
  amount: formatAmount(amount, currency),
  direction,
});

function findingOf(cell: Cell, status: Finding['status'], isOutside: boolean, index: ExchangeIndex): Finding {
  const { scope } = cell;
  const [first, ...more] = cell.money.map(moneyOf);
  return {
    id: cell.id,
    status,
    category: cell.category,
    rule: cell.rule,
    side: scope.side,
    orgs: scope.orgs.map(({ id, name }) => ({ id, name })),
    region: scope.region,
    appId: scope.appId,
    sku: scope.sku,
    partNumber: scope.partNumber,
    period:
      scope.period === null ? null : { start: scope.period.start, end: scope.period.end, status: scope.period.status },
    legacy: statementOf(cell.legacy, index),
    contract: statementOf(cell.contract, index),
    delta: cell.delta,
    relative: cell.relative,
    moneyAtRisk: first ?? null,
    ...(more.length === 0 ? {} : { moreMoneyAtRisk: more }),
    rootCause: cell.rootCause,
    derivedFrom: cell.derivedFrom,
    waiver:
      cell.waiver === null
        ? null
        : {
            reason: cell.waiver.reason,
            owner: cell.waiver.owner,
            ticket: cell.waiver.ticket,
            expires: cell.waiver.expires,
          },
    reason: cell.reason,
    ...(isOutside ? { outsideCoverage: true } : {}),
  };
}

/**
 * Findings in the order of the judgement's cells (by money, then by a fixed key). A statement whose exchange the
 * index does not know keeps its value and loses its evidence.
 */
export function toFindings(judgement: Judgement, index: ExchangeIndex): Finding[] {
  const findings: Finding[] = [];
  for (const cell of judgement.cells) {
    if (cell.status !== 'match')
      findings.push(findingOf(cell, cell.status, judgement.outsideCoverage.has(cell.id), index));
  }
  return findings;
}

/** Ids of the exchanges that findings will cite, each once. */
export const exchangesCited = ({ cells }: Pick<Judgement, 'cells'>): ReadonlySet<string> =>
  new Set(
    cells
      .filter(({ status }) => status !== 'match')
      .flatMap(({ legacy, contract }) => [legacy, contract])
      .flatMap((statement) => [statement?.at?.exchange, statement?.first?.at?.exchange])
      .filter((id) => id !== undefined),
  );
