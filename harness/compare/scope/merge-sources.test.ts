import { describe, expect, it } from 'vitest';
import type { LegacySubscription } from '../../domain/legacy-side.ts';
import type { Line } from '../../domain/line.ts';
import { row, subscription, TYPICAL } from '../testing/sides.ts';
import { mergeSubscriptions } from './merge-sources.ts';

const BARE = { ...TYPICAL, actual: null };
const usage = (lines: readonly Line[]): LegacySubscription => subscription('a', lines);
const partner = (lines: readonly Line[]): LegacySubscription => subscription('a', lines, { source: 'partner-billing' });
const actuals = (mine: readonly Line[], theirs: readonly Line[]) =>
  mergeSubscriptions(usage(mine), partner(theirs)).lines.map(
    ({ productName, actual }) => `${productName} ${actual.state === 'known' ? actual.value : 'none'}`,
  );
const named = (name: string, figures = TYPICAL, part = 'P1') => row('a', part, figures, { name });

describe('lines of two sources', () => {
  it.each<[string, readonly Line[], readonly Line[], readonly string[]]>([
    ['one each are one, whatever their names', [named('x', BARE)], [named('y')], ['x 15']],
    ['two and one: by name', [named('x', BARE), named('y', BARE)], [named('y')], ['x none', 'y 15']],
    ['two and one of another name', [named('x', BARE), named('y', BARE)], [named('z')], ['x none', 'y none']],
    ['one and two: by name', [named('x', BARE)], [named('x'), named('y')], ['x 15']],
    ['one and two of other names', [named('x', BARE)], [named('y'), named('z')], ['x none']],
    ['a name that stands twice fills nothing', [named('x', BARE)], [named('x'), named('x')], ['x none']],
    [
      'no names fill nothing',
      [row('a', 'P1', BARE), row('a', 'P1', BARE)],
      [row('a', 'P1'), named('y')],
      ['null none', 'null none'],
    ],
    ['what the one does not list', [named('x', BARE)], [named('y', TYPICAL, 'P2')], ['x none', 'y 15']],
    ['part numbers in other letters', [named('x', BARE, ' p1')], [named('y')], ['x 15']],
  ])('%s', (_, mine, theirs, filled) => {
    expect(actuals(mine, theirs)).toEqual(filled);
  });

  it('are filled in with what they lack, and with nothing else', () => {
    const bare: Line = { ...row('a', 'P1', {}), appId: null, productName: null, kind: null };
    const full: Line = {
      ...row('a', 'P1', { ...TYPICAL, included: '3', unit: 'seat', bundle: '2' }, { name: 'x', kind: 'peak' }),
      appId: 'other',
    };
    const [filled] = mergeSubscriptions(usage([bare]), partner([full])).lines;
    const { overageQuantity, overageCharge } = bare;
    expect(filled).toEqual({ ...full, overageQuantity, overageCharge, at: bare.at });
    const [kept] = mergeSubscriptions(usage([full]), partner([bare])).lines;
    expect(kept).toEqual(full);
    const other: Line = { ...row('a', 'P1', { ...BARE, committed: '9', unit: 'user' }, { name: 'y', kind: 'sum' }) };
    const [same] = mergeSubscriptions(usage([full]), partner([other])).lines;
    expect(same).toEqual(full);
  });

  it('stand in the region of the first that states one', () => {
    const regions = (mine: string | null, theirs: string | null) =>
      mergeSubscriptions({ ...usage([]), region: mine }, { ...partner([]), region: theirs }).region;
    expect([regions('us', 'eu'), regions(null, 'eu'), regions('us', null), regions(null, null)]).toEqual([
      'us',
      'eu',
      'us',
      null,
    ]);
  });
});
