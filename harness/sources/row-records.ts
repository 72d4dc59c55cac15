/** Usage rows of both legacy APIs as records. */
import { type OrgRef, productKey } from '../domain/side.ts';
import type { Cursor } from './cursor.ts';
import { BREAKDOWN, type FieldReader } from './legacy-rows.ts';
import { Copies, periodFrom, type RecordBook } from './records.ts';

export interface AnswerOf {
  readonly source: 'usage-api' | 'partner-billing';
  readonly org: OrgRef;
  readonly region: string | null;
  readonly root: Cursor;
  readonly field: FieldReader;
  /** Of an answer about a single app, which need not say which. */
  readonly onlyApp: string | null;
}

/** A row is known by what it is about, so that another order in a second reading makes no other record of it. */
export function addRows(book: RecordBook, { source, org, region, root, field, onlyApp }: AnswerOf): void {
  const period = periodFrom(field(root, 'billingPeriodStartDate').date(), field(root, 'billingPeriodEndDate').date());
  const copies = new Copies();
  for (const row of field(root, 'usages').items()) {
    const text = (name: string): string => field(row, name).string() ?? '';
    const grouping = text('grouping').toLowerCase();
    const appId = text('appId') || onlyApp;
    const about = [productKey(text('partNumber')), appId ?? '', grouping, text('name').normalize('NFC')];
    const key = ['usage-row', source, org.id, region ?? '', period?.start ?? '', ...about].join(' ');
    book.add({
      kind: 'usage-row',
      key: copies.keyOf(key),
      at: row.at,
      orgs: [org],
      product: text('partNumber') || null,
      appIds: appId === null ? [] : [appId],
      region,
      period,
      mark: grouping === BREAKDOWN ? 'breakdown-row' : null,
    });
  }
}
