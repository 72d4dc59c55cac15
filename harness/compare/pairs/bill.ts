/** What each side would bill for one pair in its period: decided once, read by money at risk and by the tie-out alike. */
import { add, type Decimal, isZero, multiply, subtract, sum, ZERO } from '../../domain/decimal.ts';
import { toMinorUnit } from '../../domain/money.ts';
import { openAbsence } from './absence.ts';
import { agreesConverted, ratesAgreeConverted } from './conversion.ts';
import type { Bill, Pair, PairBills, UseCostAt } from './pair.ts';
import { isNothing, type Reading, valueIn } from './reading.ts';
import type { Part, SideReading } from './side-reading.ts';

type Read = Omit<Pair, 'bills'>;

/** One side's two amounts; null where one cannot be said. */
interface Amounts {
  readonly fee: Decimal | null;
  readonly overage: Decimal | null;
  readonly borrowed: boolean;
  readonly why: string | null;
}

const NOTHING: Amounts = { fee: ZERO, overage: ZERO, borrowed: false, why: null };

export function billsOf(pair: Read): PairBills {
  const { legacy, contract } = pair;
  const after = contract === null ? NOTHING : amountsOf(contract, legacy);
  const before = legacy === null ? NOTHING : legacyAmounts(pair, legacy, after);
  const [own, other] = [currencyOf(legacy), currencyOf(contract)];
  const reason = pair.notComparableReason ?? pair.question ?? openAbsence(pair);
  return {
    legacy: billFrom(before, own.code ?? other.code, own.why, reason),
    contract: billFrom(after, other.code ?? own.code, other.why, reason),
    stated: statedDifference(before, after, own.code, other.code),
  };
}

function currencyOf(side: SideReading | null): { readonly code: string | null; readonly why: string | null } {
  if (side === null || side.currency.state === 'absent') return { code: null, why: null };
  if (side.currency.state === 'known') return { code: side.currency.value, why: null };
  return { code: null, why: side.currency.state === 'several' ? 'it states several currencies' : side.currency.reason };
}

function billFrom(
  { fee, overage, borrowed, why }: Amounts,
  currency: string | null,
  currencyWhy: string | null,
  notComparableReason: string | null,
): Bill {
  const total = add(rounded(fee ?? ZERO, currency), overage ?? ZERO);
  const reason =
    notComparableReason ?? currencyWhy ?? why ?? (currency === null && !isZero(total) ? 'no currency is stated' : null);
  if (reason === null) return { known: true, currency, amount: total, borrowed };
  return { known: false, currency, amount: currency === null ? null : total, why: reason, borrowed };
}

const rounded = (amount: Decimal, currency: string | null): Decimal =>
  currency === null ? amount : toMinorUnit(amount, currency);

/** @param other the side whose rates are borrowed where this one states none */
function amountsOf(side: SideReading, other: SideReading | null): Amounts {
  const fees = side.parts.map((part) => feeOf(part, other));
  const charges = side.parts.map((part) => chargeOf(part, other));
  return {
    fee: addedUp(fees),
    overage: addedUp(charges),
    borrowed: [...fees, ...charges].some(({ borrowed }) => borrowed),
    why: [...fees, ...charges].find(({ value }) => value === null)?.why ?? null,
  };
}

interface Amount {
  readonly value: Decimal | null;
  readonly borrowed: boolean;
  readonly why: string | null;
}

const exactly = (value: Decimal, borrowed = false): Amount => ({ value, borrowed, why: null });
const unknown = (why: string): Amount => ({ value: null, borrowed: false, why });

const addedUp = (amounts: readonly Amount[]): Decimal | null =>
  amounts.some(({ value }) => value === null) ? null : sum(amounts.map(({ value }) => value ?? ZERO));

function feeOf({ fee, committed }: Part, other: SideReading | null): Amount {
  if (fee.state === 'known') return exactly(fee.value);
  if (fee.state !== 'absent') return unknown(fee.state === 'unclear' ? fee.reason : 'several prices are stated for it');
  if (isNothing(committed) || committed.state !== 'known') return exactly(ZERO);
  const rate = other === null ? null : valueIn(other.committedRate);
  return rate === null ? unknown('no committed rate is stated') : exactly(multiply(committed.value, rate), true);
}

function chargeOf({ overageCharge, overageQuantity, overageRate, currency }: Part, other: SideReading | null): Amount {
  if (overageCharge.state === 'known') return exactly(overageCharge.value);
  if (overageCharge.state === 'absent') return exactly(ZERO);
  const rate = other === null ? null : valueIn(other.overageRate);
  const code = valueIn(currency) ?? (other === null ? null : valueIn(other.currency));
  if (overageRate.state === 'absent' && overageQuantity.state === 'known' && rate !== null && code !== null) {
    return exactly(toMinorUnit(multiply(overageQuantity.value, rate), code), true);
  }
  return unknown(
    overageCharge.state === 'unclear' ? overageCharge.reason : 'several overage charges are stated for it',
  );
}

/** Legacy's own figures, but where what the contract side states decides which of two readings holds. */
function legacyAmounts(pair: Read, legacy: SideReading, after: Amounts): Amounts {
  const own = amountsOf(legacy, pair.contract);
  const { contract } = pair;
  const fee = agreesInUnits(pair, 'committed', 'committedRate') ? after.fee : own.fee;
  const open = openUse(pair, legacy);
  if (open !== null) {
    const isUnbilled = contract === null || isNothing(contract.overageCharge);
    return isUnbilled && open.why !== 'type'
      ? { ...own, fee, overage: ZERO, why: own.fee === null ? own.why : null }
      : { ...own, fee, overage: null, why: mayBeFree(open) };
  }
  if (contract === null || own.overage === after.overage) return { ...own, fee };
  if (contract.repriced === true) {
    return { ...own, fee, overage: null, why: 'the overage price changes within the period' };
  }
  const byOrg = legacy.chargeByOrg === undefined ? null : valueIn(legacy.chargeByOrg);
  const settles = (byOrg !== null && byOrg === after.overage) || agreesInUnits(pair, 'overageQuantity', 'overageRate');
  return settles ? { ...own, fee, overage: after.overage } : { ...own, fee };
}

/** Why nobody can say what the use of one of the organisations costs; null if it is said, or if nothing is over. */
export function openUse({ useCosts }: Pick<Pair, 'useCosts'>, legacy: SideReading): UseCostAt | null {
  if (legacy.overageQuantity.state === 'known' && isZero(legacy.overageQuantity.value)) return null;
  const open = [...useCosts.values()].filter(({ cost }) => cost === 'unknown');
  return open.find(({ why }) => why === 'type') ?? open[0] ?? null;
}

export const mayBeFree = ({ words }: UseCostAt): string => `legacy may bill nothing for this use: ${words}`;

/** Both sides' quantity and rate agree but for the rounding of a conversion: then the amounts differ by it at most. */
function agreesInUnits(
  { legacy, contract, conversion }: Read,
  quantity: 'committed' | 'overageQuantity',
  rate: 'committedRate' | 'overageRate',
): boolean {
  if (conversion === null || legacy === null || contract === null) return false;
  const agree = (a: Reading, b: Reading, same: typeof agreesConverted): boolean => {
    const [one, two] = [valueIn(a), valueIn(b)];
    return one !== null && two !== null && same(one, two, conversion);
  };
  return (
    agree(legacy[quantity], contract[quantity], agreesConverted) &&
    agree(legacy[rate], contract[rate], ratesAgreeConverted)
  );
}

/** Each amount counts only if both sides state it. */
function statedDifference(
  before: Amounts,
  after: Amounts,
  own: string | null,
  other: string | null,
): PairBills['stated'] {
  const currency = own ?? other;
  if (currency === null || (own !== null && other !== null && own !== other)) return null;
  const part = (a: Decimal | null, b: Decimal | null): Decimal => (a === null || b === null ? ZERO : subtract(b, a));
  const fees = subtract(rounded(after.fee ?? ZERO, currency), rounded(before.fee ?? ZERO, currency));
  const difference = add(before.fee === null || after.fee === null ? ZERO : fees, part(before.overage, after.overage));
  return { currency, difference };
}
