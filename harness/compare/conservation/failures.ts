/** What could not be asked or read leaves a cell: here for each failure that no rule has told of. */
import type { CaptureFailure, CaptureSubject } from '../../domain/capture.ts';
import type { Cell, CellScope } from '../../domain/finding.ts';
import type { RuleId } from '../../domain/rule-ids.ts';
import type { OrgRef } from '../../domain/side.ts';
import type { Examined } from '../judging/observe.ts';
import { notComparable } from '../rules/outcome.ts';
import type { Rule, Sides } from '../rules/rule.ts';

/** The rule that would have read it. */
const READERS: Readonly<Record<CaptureSubject['kind'], RuleId>> = {
  regions: 'paging',
  'region-listing': 'paging',
  contracts: 'paging',
  invoices: 'paging',
  organisation: 'source-agreement',
  contract: 'listing-detail-agreement',
  period: 'charge-arithmetic',
  invoice: 'invoice-total',
};

/** Needs no rule to remember anything: a failure whose words stand in no cell within coverage gets a cell of its own. */
export function* failuresWithoutCell(
  { legacy, contract }: Sides,
  cells: readonly Cell[],
  unexpected: ReadonlySet<Cell>,
  rules: readonly Rule[],
): Generator<Examined> {
  const named = cells.flatMap((cell) =>
    cell.status === 'not-comparable' && !unexpected.has(cell) && cell.reason !== null ? [cell.reason] : [],
  );
  const seen = new Set<string>();
  for (const failure of [...(legacy?.failures ?? []), ...contract.failures]) {
    const subject = nameOf(failure.subject);
    const key = `${subject} ${failure.message}`;
    if (seen.has(key) || named.some((reason) => reason.includes(failure.message))) continue;
    seen.add(key);
    const rule = rules.find(({ id }) => id === READERS[failure.subject.kind]);
    if (rule === undefined) continue;
    const scope = scopeOf(failure, subject);
    const pair = `${failure.side}:unread ${subject}`;
    yield { observations: [{ rule, scope, pair, outcome: notComparable(failure.message) }], pair: null, org: null };
  }
}

const orgsOf = (subject: CaptureSubject): readonly OrgRef[] => (subject.kind === 'organisation' ? [subject.org] : []);

function scopeOf({ side, subject }: CaptureFailure, name: string): CellScope {
  const region = subject.kind === 'region-listing' || subject.kind === 'organisation' ? subject.region : null;
  return { orgs: orgsOf(subject), region, appId: null, sku: null, partNumber: null, period: null, side, subject: name };
}

function nameOf(subject: CaptureSubject): string {
  switch (subject.kind) {
    case 'region-listing':
      return `listing of ${subject.region}`;
    case 'organisation':
      return `organisation ${subject.org.id}${subject.region === null ? '' : ` in ${subject.region}`}`;
    case 'contract':
      return `contract ${subject.contractId}`;
    case 'period':
      return `period ${subject.periodId} of contract ${subject.contractId}`;
    case 'invoice':
      return `invoice ${subject.invoiceId}`;
    default:
      return subject.kind;
  }
}
