/** Fields of the usage API that stand under another name on the wire: found by their values, never by a guess. Pure. */
import { distance } from 'fastest-levenshtein';
import { UnitWords } from '../../compare/scope/units.ts';
import { parseDate } from '../../domain/billing-period.ts';
import type { ContractSide } from '../../domain/contract-side.ts';
import { isZero, multiply, ONE, parseDecimal } from '../../domain/decimal.ts';
import { type Figure, knownValue } from '../../domain/figure.ts';
import type { Line } from '../../domain/line.ts';
import { orgId, productKey } from '../../domain/side.ts';
import type { UsageField } from '../../scenario/scenario.ts';
import type { Cursor } from '../../sources/cursor.ts';
import { readNames } from '../../sources/usage-api/fields.ts';

/** One organisation's own answer of the usage API. */
export interface UsageAnswer {
  /** As it was asked for. */
  readonly orgId: string;
  readonly orgName: string | null;
  readonly root: Cursor;
}

export interface FieldProposal {
  readonly field: UsageField;
  /** On the wire; null: none of the unknown fields has its values. */
  readonly wire: string | null;
  /** Of the values that the unknown field states, how many the contract side knows, and how many not. */
  readonly agree: number;
  readonly differ: number;
}

export interface FieldFindings {
  readonly proposals: readonly FieldProposal[];
  /** Names on the wire that are neither read nor proposed, sorted. */
  readonly unknown: readonly string[];
}

const PROOF = 3;
const MOST_AGREE = 0.6;

type Place = 'answer' | 'row';

/** Where each of our fields stands. Those that a run cannot do without are told as open when nothing has their values. */
const FIELDS: Readonly<Record<UsageField, { readonly place: Place; readonly needed: boolean }>> = {
  orgId: { place: 'answer', needed: false },
  orgName: { place: 'answer', needed: false },
  subscriptionType: { place: 'answer', needed: false },
  currency: { place: 'answer', needed: true },
  contractEffectiveDate: { place: 'answer', needed: false },
  contractEndDate: { place: 'answer', needed: false },
  rampPeriodStartDate: { place: 'answer', needed: false },
  rampPeriodEndDate: { place: 'answer', needed: false },
  billingPeriodStartDate: { place: 'answer', needed: true },
  billingPeriodEndDate: { place: 'answer', needed: true },
  appId: { place: 'row', needed: true },
  name: { place: 'row', needed: false },
  partNumber: { place: 'row', needed: true },
  grouping: { place: 'row', needed: false },
  unitOfMeasureType: { place: 'row', needed: false },
  prepayQuantity: { place: 'row', needed: true },
  usageQuantity: { place: 'row', needed: true },
  prepayPrice: { place: 'row', needed: false },
  overagePrice: { place: 'row', needed: false },
  bundleQuantity: { place: 'row', needed: false },
};

/** Read by hand, whatever is mapped. */
const KNOWN = new Set([
  'usages',
  'organization',
  'id',
  'name',
  ...Object.keys(FIELDS).flatMap((name) => readNames(name)),
]);

interface Stated {
  readonly orgId: string;
  readonly orgName: string | null;
  readonly owner: Cursor;
}

/** @param appIds as they were asked for */
export function proposeFields(
  answers: readonly UsageAnswer[],
  contract: ContractSide,
  appIds: readonly string[],
): FieldFindings {
  const places: Readonly<Record<Place, readonly Stated[]>> = {
    answer: answers.map(({ root, ...of }) => ({ ...of, owner: root })),
    row: answers.flatMap(({ root, ...of }) =>
      root
        .field('usages')
        .items()
        .map((owner) => ({ ...of, owner })),
    ),
  };
  const knows = new Knowledge(contract, appIds);
  const found: Required<FieldProposal>[] = [];
  const absent = (Object.keys(FIELDS) as UsageField[]).filter((field) => isAbsent(places[FIELDS[field].place], field));
  for (const place of ['answer', 'row'] as const) {
    const wires = unknownIn(places[place]);
    for (const field of absent.filter((one) => FIELDS[one].place === place)) {
      for (const wire of wires) found.push({ field, wire, ...count(places[place], wire, field, knows) });
    }
  }
  const chosen = choose(found.filter(({ agree, differ }) => agree >= PROOF && agree >= MOST_AGREE * (agree + differ)));
  const named = new Set(chosen.map(({ wire }) => wire));
  const open = absent
    .filter((field) => FIELDS[field].needed && !chosen.some((one) => one.field === field))
    .map((field) => ({ field, wire: null, agree: 0, differ: 0 }));
  const unknown = [...new Set([...unknownIn(places.answer), ...unknownIn(places.row)])].filter(
    (name) => !named.has(name),
  );
  return { proposals: places.row.length === 0 ? [] : [...chosen, ...open], unknown: unknown.sort() };
}

const isAbsent = (stated: readonly Stated[], field: UsageField): boolean =>
  stated.length > 0 && stated.every(({ owner }) => !owner.field(...readNames(field)).isThere);

const unknownIn = (stated: readonly Stated[]): string[] =>
  [...new Set(stated.flatMap(({ owner }) => owner.fields().map(([name]) => name)))].filter((name) => !KNOWN.has(name));

function count(stated: readonly Stated[], wire: string, field: UsageField, knows: Knowledge) {
  let [agree, differ] = [0, 0];
  for (const one of stated) {
    const verdict = knows.judge(field, one, one.owner.field(wire));
    if (verdict === true) agree += 1;
    else if (verdict === false) differ += 1;
  }
  return { agree, differ };
}

/** Each name once, the surest first; of two that are equally sure the one that is spelt more alike. */
function choose(found: readonly Required<FieldProposal>[]): FieldProposal[] {
  const order = [...found].sort(
    (a, b) => b.agree - b.differ - (a.agree - a.differ) || apart(a) - apart(b) || (a.field < b.field ? -1 : 1),
  );
  const chosen: FieldProposal[] = [];
  for (const one of order) {
    if (!chosen.some(({ field, wire }) => field === one.field || wire === one.wire)) chosen.push(one);
  }
  return chosen.sort((a, b) => (a.field < b.field ? -1 : 1));
}

const apart = ({ field, wire }: FieldProposal): number => distance(field.toLowerCase(), (wire ?? '').toLowerCase());

const UNITS = new UnitWords({});
const FIGURES: ReadonlySet<UsageField> = new Set(['prepayQuantity', 'usageQuantity', 'prepayPrice', 'overagePrice']);
const NO_CHARGE: ReadonlySet<string> = new Set(['fair-use', 'rollup-usage']);

/** What the contract side and the requests themselves say of an organisation. */
class Knowledge {
  readonly #appIds: ReadonlySet<string>;
  readonly #skus: ReadonlySet<string>;
  readonly #values = new Map<string, Set<string>>();

  constructor({ lines, contracts }: ContractSide, appIds: readonly string[]) {
    this.#appIds = new Set(appIds);
    this.#skus = new Set(lines.map(({ product }) => productKey(product)));
    for (const line of lines) {
      const [only, ...others] = line.orgs;
      for (const { id } of line.orgs) {
        this.#keep(id, 'currency', knownValue(line.currency));
        this.#keep(id, 'name', line.productName);
        this.#keep(id, 'billingPeriodStartDate', line.period.start);
        this.#keep(id, 'billingPeriodEndDate', line.period.end);
      }
      // Of a charge that several share, nobody's own part is known.
      if (only !== undefined && others.length === 0) this.#keepFigures(only.id, line);
    }
    for (const { term, plans } of contracts) {
      for (const id of new Set(plans.flatMap(({ orgs }) => orgs.map((org) => org.id)))) {
        this.#dates(id, ['contractEffectiveDate', term.contractStart], ['contractEndDate', term.contractEnd]);
        this.#dates(id, ['rampPeriodStartDate', term.rampStart], ['rampPeriodEndDate', term.rampEnd]);
      }
    }
  }

  #keepFigures(id: string, line: Line): void {
    const figures = [
      ['prepayQuantity', line.committed],
      ['usageQuantity', line.actual],
      ['prepayPrice', line.committedRate],
      ['overagePrice', line.overageRate],
    ] as const;
    for (const [field, figure] of figures) {
      this.#keep(id, field, knownValue(figure));
      this.#keep(`${id} ${productKey(line.product)}`, field, knownValue(figure));
    }
    this.#keep(`${id} ${productKey(line.product)}`, 'unitOfMeasureType', knownValue(line.unit));
  }

  #dates(id: string, ...dates: readonly (readonly [string, Figure<string>])[]): void {
    for (const [field, date] of dates) this.#keep(id, field, knownValue(date));
  }

  #keep(id: string, field: string, value: string | null): void {
    if (value === null) return;
    const key = `${id} ${field}`;
    const known = this.#values.get(key) ?? new Set();
    this.#values.set(key, known.add(value.trim().toLowerCase()));
  }

  /** Null: it says nothing, as zeros and fields do of which nobody else speaks. */
  judge(field: UsageField, { orgId: id, orgName, owner }: Stated, place: Cursor): boolean | null {
    const text = place.string() ?? knownValue(place.decimal());
    if (text === null || text.trim() === '') return null;
    if (field === 'orgId') return orgId(text) === orgId(id);
    if (field === 'orgName') return orgName === null ? null : text.trim() === orgName.trim();
    if (field === 'appId') return this.#appIds.has(text.trim());
    if (field === 'partNumber') return this.#skus.has(productKey(text));
    if (field === 'unitOfMeasureType') return this.#unit(id, owner, text);
    if (FIGURES.has(field)) return this.#figure(field, id, owner, text);
    const known = this.#values.get(`${id} ${field}`);
    if (known === undefined) return null;
    return known.has(field.endsWith('Date') ? (parseDate(text) ?? text) : text.trim().toLowerCase());
  }

  /** Words of both sides that the table pairs. */
  #unit(id: string, owner: Cursor, text: string): boolean | null {
    const named = this.#values.get(`${id} ${productKey(owner.field('partNumber').string() ?? '')} unitOfMeasureType`);
    return named === undefined ? null : [...named].some((word) => UNITS.relation(text, word).kind === 'same');
  }

  /** Against the SKU of the row's own name where there is one; else any of the organisation's may be meant, and none speaks against it. */
  #figure(field: UsageField, id: string, owner: Cursor, text: string): boolean | null {
    const number = parseDecimal(text);
    if (number === null) return false;
    // Zeros are everywhere; allowances and breakdowns stand for no charge of their own.
    if (isZero(number) || NO_CHARGE.has(owner.field('grouping').string()?.toLowerCase() ?? '')) return null;
    const bundle = knownValue(owner.field('bundleQuantity').decimal()) ?? ONE;
    const meant = [number, multiply(number, bundle)];
    const named = this.#values.get(`${id} ${productKey(owner.field('partNumber').string() ?? '')} ${field}`);
    const any = this.#values.get(`${id} ${field}`);
    const has = (known: ReadonlySet<string> | undefined): boolean => meant.some((value) => known?.has(value) === true);
    if (named !== undefined) return has(named);
    return has(any) ? true : null;
  }
}
