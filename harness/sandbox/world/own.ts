/** A world out of a partner's own organisations and products. */
import type { IsoDate } from '../../domain/billing-period.ts';
import { decimal } from '../../domain/decimal.ts';
import { HarnessError } from '../../domain/errors.ts';
import type { UsageKind } from '../../domain/line.ts';
import type { OwnHolding, OwnOrganisation, OwnProduct, WorldFile } from '../../domain/world-file.ts';
import { endsOf } from './build.ts';
import type { Product } from './catalogue.ts';
import type { Account, Holding, Organisation, World } from './facts.ts';
import { scheduleFrom } from './schedule.ts';
import { withShapeVariants } from './shape-variants.ts';
import type { Spellings } from './spellings.ts';

const GROUPINGS: Readonly<Record<UsageKind, string>> = {
  user: 'billable-app-usage-license',
  sum: 'resource',
  peak: 'resource',
  site: 'billable-app-org-license',
};

export const productsOf = ({ products }: WorldFile): readonly Product[] =>
  products.map(({ units, unitsPerToken, ...product }: OwnProduct) => ({
    ...product,
    groupings: [GROUPINGS[product.kind]],
    units: [units],
    ...(unitsPerToken === null ? {} : { unitsPerToken }),
  }));

/**
 * Each organisation is an account of its own; end dates are inclusive.
 * @throws HarnessError `usage` for a contract that begins after the world's day
 */
export function ownWorld(
  file: WorldFile,
  seed: number,
  clock: { readonly today: IsoDate; readonly moving: boolean },
  spellings: Spellings = 'usual',
): World {
  const products = productsOf(file);
  const accounts = file.organisations.map((organisation, index) =>
    withShapeVariants(seed, spellings, accountOf(organisation, index, products, clock), clock.today),
  );
  const ends =
    spellings === 'usual' ? ({ periodEnd: 'inclusive', contractEnd: 'inclusive' } as const) : endsOf(seed, spellings);
  return { seed, today: clock.today, accounts, spellings, ...ends };
}

function accountOf(
  own: OwnOrganisation,
  index: number,
  products: readonly Product[],
  clock: { readonly today: IsoDate; readonly moving: boolean },
): Account {
  if (own.start > clock.today) {
    throw new HarnessError(
      'usage',
      `the contract of ${own.name} begins on ${own.start}, after the world's day ${clock.today}`,
      {
        hint: 'Let it begin earlier, or move the world on with --today.',
      },
    );
  }
  const org: Organisation = { id: own.id, name: own.name, region: own.region };
  return {
    index,
    orgs: [org],
    currency: own.currency,
    subscriptionType: own.subscriptionType,
    legacyTerm: 'chain',
    ...scheduleFrom(own.start, own.termYears, clock),
    holdings: own.holdings.flatMap((holding) => {
      const product = products.find(({ partNumber }) => partNumber === holding.partNumber);
      return product === undefined ? [] : [holdingOf(own, org, holding, product)];
    }),
  };
}

function holdingOf({ start }: OwnOrganisation, org: Organisation, own: OwnHolding, product: Product): Holding {
  const { committed, bundle, included, price, overagePrice, use, earlier } = own;
  const [unit] = product.units;
  const [grouping] = product.groupings;
  if (unit === undefined || grouping === undefined) throw new Error('a product without a unit');
  return {
    product,
    holders: [
      {
        org,
        prepay: committed,
        bundle,
        included,
        scale: Number(committed),
        openUse: 'exact',
        stated: [use, ...earlier],
      },
    ],
    unit,
    grouping,
    step: decimal('0.001'),
    rates: [{ from: start, price, overagePrice, discount: null }],
    pooled: false,
    wallet: false,
    dormant: null,
  };
}
