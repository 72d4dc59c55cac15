/** Figures that do not stay from one reading to the next. They begin anew when the world or what is hidden in it changes. */
import { LosslessNumber } from 'lossless-json';
import { add, compareDecimals, type Decimal, decimal, multiply, parseDecimal, ZERO } from '../../domain/decimal.ts';
import { toMinorUnit } from '../../domain/money.ts';
import type { Answer, AnswerEdit, Edit } from '../edit.ts';
import { type Json, type JsonObject, listIn, mapObjects } from '../json.ts';
import { uuid } from '../world/random.ts';
import { type Defect, inCharges, inWays, type Place, type Way } from './defect.ts';
import { isChargeOf, isUseOf } from './nameless.ts';
import { figuresAt, isPositive, overageAt, overageRateAt } from './place-facts.ts';
import { lastPlaces } from './rate.ts';

/** How often each answer was read, this time included. */
class Readings {
  readonly #counts = new Map<string, number>();

  read(answer: Answer): number {
    const key = keyOf(answer);
    const count = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, count);
    return count;
  }
}

function keyOf(answer: Answer): string {
  if (answer.endpoint === 'period') return answer.period.id;
  return 'org' in answer ? `${answer.endpoint} ${answer.org.id} ${answer.period.index}` : answer.endpoint;
}

const numberOf = (value: Json | undefined): Decimal =>
  parseDecimal(value instanceof LosslessNumber ? value.value : String(value ?? '0').trim()) ?? ZERO;

/** Edits the charges of the place's product and organisation in the open period's own answer. */
const chargesEdit =
  (place: Place, change: (charge: JsonObject) => readonly JsonObject[]) =>
  (body: JsonObject): JsonObject => {
    const charges = listIn(body, 'charges');
    if (charges === null) return body;
    return { ...body, charges: mapObjects(charges, (each) => (isChargeOf(place, each) ? change(each) : [each])) };
  };

/** Wrong in the first answer of the open period, right in all that follow. */
function atFirst(place: Place, change: (charge: JsonObject) => readonly JsonObject[]): Edit {
  const readings = new Readings();
  const edit = chargesEdit(place, change);
  return {
    account: place.account.index,
    answer: (answer, body) =>
      answer.endpoint === 'period' && answer.period.truth.open && readings.read(answer) === 1 ? edit(body) : body,
  };
}

const NEEDS_OVERAGE = 'needs overage that costs something';

const flickeringRate: Way = (place, { world, random }) => {
  const rate = overageRateAt(place);
  if (rate === null || !isPositive(overageAt(world, place))) return NEEDS_OVERAGE;
  if (place.holding.pooled) return 'needs a charge of one organisation';
  const by = lastPlaces(rate, random.int(1, 250));
  const wrong = (charge: JsonObject): JsonObject => {
    const now = add(numberOf(charge['overageRate']), by);
    const amount = toMinorUnit(multiply(numberOf(charge['overageQuantity']), now), place.account.currency);
    return { ...charge, overageRate: new LosslessNumber(now), overageCharge: new LosslessNumber(amount) };
  };
  const edit = atFirst(place, (charge) => [wrong(charge)]);
  return { ...inCharges(place, edit, `an overage rate of ${add(rate, by)} when first read, ${rate} from then on`) };
};

const flickeringDuplicate: Way = (place, { world }) => {
  if (!isPositive(figuresAt(world, place).actual)) return 'needs use in the open period';
  const twin = (charge: JsonObject): JsonObject => ({
    ...charge,
    id: uuid(world.seed, 'flickering twin', String(charge['id'])),
  });
  const edit = atFirst(place, (charge) => [charge, twin(charge)]);
  const hidden = inCharges(place, edit, 'each charge comes twice when first read, and once from then on');
  return { ...hidden, rules: ['duplicate-charge', 'actual-quantity', 'committed-quantity', 'overage-quantity'] };
};

const flicker: Defect = inWays(
  {
    id: 'flicker',
    title: 'Wrong when first read, right when read again',
    rules: ['overage-rate', 'overage-charge', 'plan-charge-agreement'],
    cause: null,
    scope: 'product',
    outcome: 'unstable',
  },
  { rate: flickeringRate, duplicate: flickeringDuplicate },
);

/** Units by which both sides grow from reading to reading; apart by more than a few readings make up for. */
const APART = decimal(10);
const ROOM = decimal(25);

/** Both quantities as they stand at this reading. */
function grown(place: Place): AnswerEdit {
  const readings = new Readings();
  const isUse = isUseOf(place);
  return (answer, body) => {
    if (answer.endpoint === 'period' && answer.period.truth.open) {
      const by = add(decimal(readings.read(answer)), APART);
      const more = (charge: JsonObject): JsonObject => ({
        ...charge,
        actualQuantity: new LosslessNumber(add(numberOf(charge['actualQuantity']), by)),
      });
      return chargesEdit(place, (charge) => [more(charge)])(body);
    }
    const isLegacy = (answer.endpoint === 'organization' || answer.endpoint === 'overview') && answer.period.open;
    const rows = listIn(body, 'usages');
    if (!isLegacy || rows === null) return body;
    const by = decimal(readings.read(answer));
    const more = (row: JsonObject): JsonObject => ({ ...row, usageQuantity: add(numberOf(row['usageQuantity']), by) });
    return { ...body, usages: mapObjects(rows, (row) => [isUse(row) ? more(row) : row]) };
  };
}

const movingApart: Defect = {
  id: 'moving-apart',
  title: 'Use grows on both sides while it is read, and stays apart',
  rules: ['actual-quantity'],
  cause: null,
  scope: 'product',
  hide: (place, { world }) => {
    const { account, holding } = place;
    const { committed, included, actual } = figuresAt(world, place);
    if (account.orgs.length > 1 || account.cut !== null)
      return 'needs a contract of one organisation that nothing cuts';
    const { kind, skus, unitsPerToken } = holding.product;
    if (holding.wallet || kind === 'site' || skus.length > 1 || unitsPerToken !== undefined) {
      return 'needs a product of one SKU, without tokens and wallet';
    }
    if (!isPositive(actual)) return 'needs use in the open period';
    // Below the commitment, so that the growing use costs nothing and nothing else follows from it.
    if (included !== null || compareDecimals(add(actual, ROOM), committed) > 0) return 'needs unused commitment';
    const edit: Edit = { account: account.index, answer: grown(place) };
    return inCharges(place, edit, `a unit more at each reading, on the contract side ${APART} above legacy`);
  },
};

export const readingDefects: readonly Defect[] = [flicker, movingApart];
