/** From the bills of each pair to statement.jsonl: amounts as text, at the currency's minor unit. */
import type { Decimal } from '../../domain/decimal.ts';
import { formatAmount } from '../../domain/money.ts';
import type { StatementRow } from '../../domain/run-result.ts';
import type { Judgement, StatementLine } from '../../domain/verdict.ts';

function rowOf(line: StatementLine): StatementRow {
  const { currency, period } = line;
  const text = (amount: Decimal): string => formatAmount(amount, currency);
  const known = (amount: Decimal | null): string | null => (amount === null ? null : text(amount));
  return {
    orgs: line.orgs.map(({ id, name }) => ({ id, name })),
    region: line.region,
    appId: line.appId,
    partNumber: line.partNumber,
    sku: line.sku,
    period: period === null ? null : { start: period.start, end: period.end, status: period.status },
    currency,
    legacy: known(line.legacy),
    contract: known(line.contract),
    difference: known(line.difference),
    findings: text(line.findings),
    residual: known(line.residual),
    note: line.note,
  };
}

/** In the order of the judgement's statement. */
export const toStatement = ({ statement }: Judgement): StatementRow[] => statement.map(rowOf);
