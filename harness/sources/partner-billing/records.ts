/** Every record in partner billing's bodies, those of other periods than the one compared, too. */
import type { ReceivedRecord } from '../../domain/record.ts';
import { RecordBook } from '../records.ts';
import { addRows } from '../row-records.ts';
import type { PartnerCapture } from './capture.ts';

export function partnerRecords({ answers }: Pick<PartnerCapture, 'answers'>): ReceivedRecord[] {
  const book = new RecordBook('partner-billing');
  for (const { org, region, document } of answers) {
    const { root } = document;
    addRows(book, {
      source: 'partner-billing',
      org: { id: org.id, name: org.name ?? root.field('organization').field('name').string() },
      region,
      root,
      field: (owner, name) => owner.field(name),
      onlyApp: null,
    });
  }
  return book.all;
}
