/** Organisations and products that one side does not have, or counts wrongly. */
import { add, decimal } from '../../domain/decimal.ts';
import type { Account, Holding } from '../world/facts.ts';
import { chargedTogether, type Defect, inAccount, inCharges, inProduct, type Place, sameProduct } from './defect.ts';
import { figuresAt, isPositive } from './place-facts.ts';

function without(account: Account, { org }: Place): Account | null {
  const orgs = account.orgs.filter((each) => each !== org);
  const holdings = account.holdings
    .map((holding) => ({ ...holding, holders: holding.holders.filter((holder) => holder.org !== org) }))
    .filter(({ holders }) => holders.length > 0);
  return orgs.length === 0 ? null : { ...account, orgs, holdings };
}

const orgDropped: Defect = {
  id: 'org-dropped',
  title: 'An organisation is in no contract, plan or charge',
  rules: ['org-missing-in-contract'],
  cause: null,
  scope: 'account',
  hide: (place) => ({
    edits: [{ account: place.account.index, contractAccount: (account) => without(account, place) }],
    orgs: [place.org],
    skus: [],
    note: `${place.org.name} is gone from the contract side`,
  }),
};

const orgUnknown: Defect = {
  id: 'org-unknown',
  title: 'The contract side names an organisation that legacy does not know',
  rules: ['org-missing-in-legacy'],
  cause: null,
  scope: 'account',
  hide: (place) =>
    inAccount(
      place,
      { account: place.account.index, unknownToLegacy: (_org, holding) => holding === null },
      'the legacy side does not know the organisations of this contract',
    ),
};

const productDropped: Defect = {
  id: 'product-dropped',
  title: 'A charge is gone for one product',
  rules: ['product-missing-in-contract'],
  cause: null,
  scope: 'product',
  hide: (place, { world }) => {
    const { committed, actual } = figuresAt(world, place);
    if (!isPositive(committed) && !isPositive(actual)) return 'needs a product that is not all zero';
    // A plan that names nobody may be this organisation's: then nobody can say that it is missing.
    if (place.holding.anonymousPlan === true) return 'needs plans that name their organisations';
    const gone = new Set(chargedTogether(place));
    return inCharges(
      place,
      {
        account: place.account.index,
        charges: (charges) =>
          charges.filter(
            ({ holding, parts }) => !(sameProduct(place, holding) && parts.some(({ org }) => gone.has(org))),
          ),
      },
      `no charge for ${place.holding.product.partNumber}`,
    );
  },
};

/** Legacy must still list something for each organisation, or it would not know the organisation at all. */
const listedBeside = ({ account, holding }: Place, org: Place['org']): boolean =>
  account.holdings.some(
    (other: Holding) =>
      other !== holding && other.dormant?.legacy !== false && other.holders.some((holder) => holder.org === org),
  );

const productUnknown: Defect = {
  id: 'product-unknown',
  title: 'A charge for a mapped product that legacy does not list',
  rules: ['product-missing-in-legacy'],
  cause: null,
  scope: 'product',
  hide: (place, { world }) => {
    const { committed, actual } = figuresAt(world, place);
    if (!isPositive(committed) && !isPositive(actual)) return 'needs a product that is not all zero';
    if (!place.holding.holders.every(({ org }) => listedBeside(place, org))) return 'needs another product beside it';
    return inProduct(
      place,
      {
        account: place.account.index,
        unknownToLegacy: (_org, holding) => holding !== null && sameProduct(place, holding),
      },
      `legacy does not list ${place.holding.product.partNumber}`,
    );
  },
};

const skuRenamed: Defect = {
  id: 'sku-renamed',
  title: 'The SKU differs from the part number by its prefix',
  rules: ['product-missing-in-contract'],
  cause: 'sku-prefix',
  scope: 'product',
  hide: (place, { world }) => {
    const { committed, actual } = figuresAt(world, place);
    if (!isPositive(committed) && !isPositive(actual)) return 'needs a product that is not all zero';
    const renamed = <T extends { readonly holding: Holding; readonly product: { readonly sku: string } }>(it: T): T =>
      sameProduct(place, it.holding)
        ? { ...it, product: { ...it.product, sku: it.product.sku.replace(/^PC-/, 'GC-') } }
        : it;
    return inProduct(
      place,
      {
        account: place.account.index,
        contracts: (contracts) =>
          contracts.map((contract) => ({ ...contract, plans: contract.plans.map((plan) => renamed(plan)) })),
        charges: (charges) => charges.map((charge) => renamed(charge)),
      },
      `GC-… instead of ${place.holding.product.skus.join(', ')}`,
    );
  },
};

const chargeDuplicated: Defect = {
  id: 'charge-duplicated',
  title: 'The same charge twice in one period',
  rules: ['duplicate-charge'],
  cause: 'counted-twice',
  scope: 'product',
  hide: (place) => {
    const twice = new Set(chargedTogether(place));
    return inCharges(
      place,
      {
        account: place.account.index,
        charges: (charges) =>
          charges.flatMap((charge) =>
            sameProduct(place, charge.holding) && charge.parts.some(({ org }) => twice.has(org))
              ? [charge, { ...charge, id: `${charge.id.slice(0, -1)}${charge.id.endsWith('0') ? '1' : '0'}` }]
              : [charge],
          ),
      },
      'each charge comes twice, under two ids',
    );
  },
};

const regionCountWrong: Defect = {
  id: 'region-count-wrong',
  title: 'A region counts more or fewer organisations than it lists',
  rules: ['region-count', 'organization-count'],
  cause: null,
  scope: 'product',
  hide: ({ org, holding }, { world }) => {
    const { appId } = holding.product;
    const here = world.accounts.filter(({ holdings, orgs }) =>
      orgs.some(
        (each) =>
          each.region === org.region &&
          holdings.some(({ product, holders }) => product.appId === appId && holders.some((one) => one.org === each)),
      ),
    );
    // Never down to zero: a region without anyone is not asked for its organisations.
    const by = world.seed % 2 === 0 && here.length > 2 ? -1 : 1;
    return {
      edits: [],
      world: { count: { region: org.region, appId, by } },
      orgs: [],
      skus: [],
      note: `${org.region} counts ${by} organisation of ${appId} beside those that it lists`,
    };
  },
};

export const countsZero: Defect = {
  id: 'counts-zero',
  title: 'A region counts nobody, and lists organisations',
  rules: ['region-count', 'organization-count'],
  cause: null,
  scope: 'product',
  needs: 'usage-api',
  hide: ({ org }) => ({
    edits: [],
    world: { uncounted: org.region },
    orgs: [],
    skus: [],
    note: `${org.region} counts 0 organisations of every app`,
  }),
};

const sourcesDisagree: Defect = {
  id: 'sources-disagree',
  title: 'The two legacy APIs differ',
  rules: ['source-agreement'],
  cause: null,
  scope: 'product',
  needs: 'partner-billing',
  hide: (place, { random }) => {
    const by = random.int(1, 9);
    return {
      edits: [
        {
          account: place.account.index,
          partnerRow: (row, { org, holding }) =>
            org === place.org &&
            sameProduct(place, holding) &&
            row.partNumber === holding.product.partNumber &&
            row.grouping !== 'fair-use'
              ? { ...row, prepay: add(row.prepay, decimal(by)) }
              : row,
        },
      ],
      orgs: [place.org],
      skus: place.holding.product.skus,
      note: `partner billing says ${by} more committed than the usage API`,
    };
  },
};

export const coverageDefects: readonly Defect[] = [
  orgDropped,
  orgUnknown,
  productDropped,
  productUnknown,
  skuRenamed,
  chargeDuplicated,
  regionCountWrong,
  sourcesDisagree,
];
