/** Where both sides do not say the same, in the sandbox's own words: its tests must not lean on the comparison. */
import { compareDecimals, type Decimal, maximum, multiply, subtract, sum, ZERO } from '../../domain/decimal.ts';
import { toMinorUnit } from '../../domain/money.ts';
import type { BothSides, ChargeRead, LegacyRowRead } from './both-sides.ts';
import { read } from './both-sides.ts';
import { list, type Read, text } from './session.ts';

export interface Disagreement {
  readonly field: string;
  readonly partNumber: string;
  readonly orgs: readonly string[];
}

const overageOf = (row: LegacyRowRead): Decimal => {
  const over = subtract(row.actual, maximum(row.committed, row.included));
  return compareDecimals(over, ZERO) > 0 ? over : ZERO;
};

const overageChargeOf = (row: LegacyRowRead): Decimal =>
  row.rate === null ? ZERO : toMinorUnit(multiply(overageOf(row), row.rate), row.currency);

const FIGURES: readonly (readonly [string, (charge: ChargeRead) => Decimal, (row: LegacyRowRead) => Decimal])[] = [
  ['committed', ({ prepaid }) => prepaid, ({ committed }) => committed],
  ['included', ({ fairuse }) => fairuse, ({ included }) => included],
  ['actual', ({ actual }) => actual, ({ actual }) => actual],
  ['overage', ({ overage }) => overage, overageOf],
  ['charge', ({ charge }) => charge, overageChargeOf],
];

const isMetered = (partNumber: string): boolean => partNumber.endsWith('BOTMSG') || partNumber.endsWith('MIN');
const partNumberOf = (sku: string): string => sku.replace(/-(VOICE|VIDEO)$/, '');

/** Charges of one product and one set of organisations. */
interface Group {
  readonly partNumber: string;
  readonly orgs: readonly string[];
  /** By the period that they stand in. */
  readonly periods: Map<string, ChargeRead[]>;
}

function groupsOf(charges: readonly ChargeRead[]): Group[] {
  const groups = new Map<string, Group>();
  for (const charge of charges) {
    const partNumber = partNumberOf(charge.sku);
    const orgs = [...charge.orgs].sort();
    const key = [partNumber, ...orgs].join(' ');
    const group = groups.get(key) ?? { partNumber, orgs, periods: new Map<string, ChargeRead[]>() };
    groups.set(key, group);
    const period = text(charge.period['id']);
    group.periods.set(period, [...(group.periods.get(period) ?? []), charge]);
  }
  return [...groups.values()];
}

/** Adds over SKUs; over the parts of a cut period adds money and what is metered, and takes the greatest of all else. */
function fold({ periods, partNumber }: Group, of: (charge: ChargeRead) => Decimal, isMoney = false): Decimal {
  const parts = [...periods.values()].map((charges) => sum(charges.map(of)));
  const [first = ZERO, ...rest] = parts;
  return isMoney || isMetered(partNumber)
    ? sum(parts)
    : rest.reduce((greatest, part) => maximum(greatest, part), first);
}

/** The price in force when the charge's period begins. */
function priceOf({ contract, period, sku, orgs }: ChargeRead): Decimal | null {
  const plans = list(contract['plans']).filter(
    ({ product, organizations }) =>
      text((product as Read)['sku']) === sku &&
      orgs.every((org) => list(organizations).some(({ id }) => text(id).toLowerCase() === org)),
  );
  const start = text(period['dateStart']);
  const items = plans.flatMap(({ items: all }) => list(all));
  const inForce = items.filter(({ dateEffectiveStart }) => text(dateEffectiveStart) <= start);
  const newest = inForce
    .map(({ dateEffectiveStart }) => text(dateEffectiveStart))
    .sort()
    .at(-1);
  const item = inForce.find(({ dateEffectiveStart }) => text(dateEffectiveStart) === newest);
  return item === undefined ? null : read(item['price']);
}

function disagreementsIn(group: Group, rows: readonly LegacyRowRead[]): string[] {
  const charges = [...group.periods.values()].flat();
  const figures = FIGURES.filter(
    ([field, ofCharge, ofRow]) => fold(group, ofCharge, field === 'charge') !== sum(rows.map(ofRow)),
  );
  const every = (agrees: (charge: ChargeRead, row: LegacyRowRead) => boolean): boolean =>
    charges.every((charge) => rows.every((row) => agrees(charge, row)));
  return [
    ...figures.map(([field]) => field),
    ...(every(({ rate }, row) => rate === (row.rate ?? ZERO)) ? [] : ['rate']),
    ...(every((charge, row) => priceOf(charge) === row.price) ? [] : ['price']),
    ...(every(({ currency }, row) => currency === row.currency) ? [] : ['currency']),
  ];
}

const isUsed = ({ committed, included, actual }: LegacyRowRead): boolean =>
  [committed, included, actual].some((figure) => figure !== ZERO);

export function disagreements(both: BothSides): Disagreement[] {
  const rows = new Map(both.rows.map((row) => [`${row.partNumber} ${row.org}`, row]));
  const groups = groupsOf(both.charges);
  const charged = new Set(groups.flatMap(({ partNumber, orgs }) => orgs.map((org) => `${partNumber} ${org}`)));
  const missing = [...rows].filter(([key, row]) => isUsed(row) && !charged.has(key));
  return [
    ...missing.map(([, { partNumber, org }]) => ({ field: 'missing in contract', partNumber, orgs: [org] })),
    ...groups.flatMap((group) => {
      const mine = group.orgs.flatMap((org) => rows.get(`${group.partNumber} ${org}`) ?? []);
      const used = fold(group, ({ actual }) => actual) !== ZERO || fold(group, ({ prepaid }) => prepaid) !== ZERO;
      const fields = mine.length > 0 ? disagreementsIn(group, mine) : used ? ['missing in legacy'] : [];
      return fields.map((field) => ({ field, partNumber: group.partNumber, orgs: group.orgs }));
    }),
  ];
}
