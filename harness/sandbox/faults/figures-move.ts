/** A figure that moves while it is read: each answer says one more than the one before. */
import { LosslessNumber } from 'lossless-json';
import { add, compareDecimals, decimal, parseDecimal, ZERO } from '../../domain/decimal.ts';
import { placesOf } from '../defects/inject.ts';
import { figuresAt, isGiant } from '../defects/place-facts.ts';
import type { Edit } from '../edit.ts';
import type { JsonObject } from '../json.ts';
import type { Account, World } from '../world/facts.ts';

/** Room below the commitment, so that moving use never becomes overage and nothing else follows from it. */
const ROOM = decimal(20);

const isQuiet = ({ orgs, cut }: Account): boolean => orgs.length === 1 && cut === null;

/** Actual quantities of the contract side of so many organisations; the first answer is off by one already. */
export function figuresMove(world: World, count: number): Edit[] {
  const edits: Edit[] = [];
  for (const account of world.accounts) {
    if (edits.length === count) break;
    if (!isQuiet(account) || isGiant(account)) continue;
    const place = placesOf(account).find((each) => {
      const { committed, included, actual } = figuresAt(world, each);
      const { holding } = each;
      if (holding.wallet || holding.product.kind === 'site' || holding.product.skus.length > 1) return false;
      return included === null && compareDecimals(add(actual, ROOM), committed) < 0 && actual !== ZERO;
    });
    if (place !== undefined) edits.push(moving(account, place.holding.product.skus[0] ?? ''));
  }
  return edits;
}

function moving(account: Account, sku: string): Edit {
  let served = 0;
  return {
    account: account.index,
    body: (type, body) => {
      const product = body['product'] as JsonObject | undefined;
      const actual = body['actualQuantity'];
      if (type !== 'BillingCharge' || product?.['sku'] !== sku || !(actual instanceof LosslessNumber)) return body;
      served += 1;
      const value = parseDecimal(actual.value) ?? ZERO;
      // The count in tokens follows from the use: it is left out, where it would stand still.
      const { convertedTokenCount: _count, tokenConversionRate: _rate, ...rest } = body;
      return { ...rest, actualQuantity: new LosslessNumber(add(value, decimal(served))) };
    },
  };
}
