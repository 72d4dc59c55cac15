/** Records with use or money that do not say whose they are. */
import type { Edit } from '../edit.ts';
import { isObject, type Json, type JsonObject, listIn, mapObjects } from '../json.ts';
import type { World } from '../world/facts.ts';
import { CHARGE_RULES, type Defect, type Hidden, inWays, PAIR_RULES, type Place, type Way } from './defect.ts';
import { figuresAt, isPositive, overageAt, overageRateAt, rateAt } from './place-facts.ts';

/** Edits the rows of the place's organisation in both legacy APIs, as they go out. */
const rowsEdit = (
  { account, org }: Place,
  change: (row: JsonObject) => readonly JsonObject[],
): Pick<Edit, 'account' | 'answer'> => ({
  account: account.index,
  answer: (answer, body) => {
    const rows = listIn(body, 'usages');
    const mine = (answer.endpoint === 'organization' || answer.endpoint === 'overview') && answer.org === org;
    return mine && rows !== null ? { ...body, usages: mapObjects(rows, change) } : body;
  },
});

/** The row with the use of the place's product: neither its allowance nor its breakdown. */
export const isUseOf =
  ({ holding }: Place) =>
  ({ partNumber, grouping }: JsonObject): boolean =>
    partNumber === holding.product.partNumber && grouping !== 'fair-use' && grouping !== 'rollup-usage';

const isUsed = (world: World, place: Place): boolean => {
  const { committed, actual } = figuresAt(world, place);
  return isPositive(committed) || isPositive(actual);
};

/** Such a record may be of anybody and of any product of the account. */
const ofAnyone = (place: Place, edit: Edit, note: string): Hidden => ({
  edits: [edit],
  orgs: place.account.orgs,
  skus: [],
  note,
});

const row =
  (note: (partNumber: string) => string, change: (row: JsonObject) => readonly JsonObject[]): Way =>
  (place, { world }) => {
    if (!isUsed(world, place)) return 'needs a product that is not all zero';
    const isUse = isUseOf(place);
    const edit = rowsEdit(place, (each) => (isUse(each) ? change(each) : [each]));
    return ofAnyone(place, edit, note(place.holding.product.partNumber));
  };

const rowNameless: Defect = inWays(
  {
    id: 'row-nameless',
    title: 'Legacy states use without a part number, or the part number only where it breaks down another row',
    rules: PAIR_RULES,
    cause: null,
    scope: 'account',
    outcome: 'not-comparable',
  },
  {
    'no-part-number': row(
      (partNumber) => `the usage row of ${partNumber} has no part number`,
      ({ partNumber: _, ...nameless }) => [nameless],
    ),
    'breakdown-only': row(
      (partNumber) => `${partNumber} stands only in a rollup-usage row, below a rollup of another part number`,
      (use) => [
        { ...use, grouping: 'rollup-usage' },
        { ...use, partNumber: `${String(use['partNumber'])}-ALL`, grouping: 'rollup' },
      ],
    ),
  },
);

/** A fee or an overage that costs something. */
const hasMoney = (world: World, place: Place): boolean =>
  (isPositive(figuresAt(world, place).committed) && isPositive(rateAt(place).price)) ||
  (isPositive(overageAt(world, place)) && overageRateAt(place) !== null);

/** Whether a charge is for the place's product and names its organisation. */
export const isChargeOf = ({ org, holding }: Pick<Place, 'org' | 'holding'>, charge: JsonObject): boolean => {
  const { product } = charge;
  const skus: readonly Json[] = holding.product.skus;
  const ids = (listIn(charge, 'organizations') ?? []).map((each) =>
    isObject(each) ? String(each['id']).toLowerCase() : '',
  );
  return isObject(product) && skus.includes(product['sku'] ?? '') && ids.includes(org.id);
};

const charge =
  (field: 'product' | 'organizations', note: string): Way =>
  (place, { world }) => {
    if (!hasMoney(world, place)) return 'needs a fee or an overage that costs something';
    const nameless = ({ [field]: _, ...rest }: JsonObject): JsonObject => rest;
    const edit: Edit = {
      account: place.account.index,
      body: (type, body) => (type === 'BillingCharge' && isChargeOf(place, body) ? nameless(body) : body),
    };
    return ofAnyone(place, edit, `charges for ${place.holding.product.skus.join(', ')} name ${note}`);
  };

const chargeNameless: Defect = inWays(
  {
    id: 'charge-nameless',
    title: 'A charge with money names no product, or nobody',
    rules: [...PAIR_RULES, ...CHARGE_RULES],
    cause: null,
    scope: 'account',
    outcome: 'not-comparable',
  },
  {
    product: charge('product', 'no product'),
    organisation: charge('organizations', 'nobody'),
  },
);

export const namelessDefects: readonly Defect[] = [rowNameless, chargeNameless];
