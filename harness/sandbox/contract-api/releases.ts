/**
 * The preview as it was, is, and may become: each release of the contract API says how the one before it wrote the same facts.
 * From the vendor's SDKs 234 (`get…` names), 242 (renamed) and 259 (tokens, `name`) and its release notes.
 */
import { LosslessNumber } from 'lossless-json';
import { API_VERSIONS, type ApiVersion, CURRENT_API_VERSION } from '../../domain/api-version.ts';
import { decimal, round } from '../../domain/decimal.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';

type Rewrite = (body: JsonObject) => JsonObject;
type Rewrites = Readonly<Record<string, Rewrite>>;

interface Release {
  readonly version: ApiVersion;
  /** What came with it, for docs/sandbox.md. */
  readonly title: string;
  /** By type of body: how the release before wrote it. For `next`, which nothing follows: how it writes it itself. */
  readonly rewrites: Rewrites;
}

const without =
  (...names: readonly string[]): Rewrite =>
  (body) =>
    Object.fromEntries(Object.entries(body).filter(([name]) => !names.includes(name)));

const renamed =
  (names: Readonly<Record<string, string>>): Rewrite =>
  (body) =>
    Object.fromEntries(Object.entries(body).map(([name, value]) => [names[name] ?? name, value]));

const mapped =
  (names: readonly string[], change: (value: Json) => Json): Rewrite =>
  (body) =>
    Object.fromEntries(
      Object.entries(body).map(([name, value]) => [name, names.includes(name) ? change(value) : value]),
    );

const both =
  (...rewrites: readonly Rewrite[]): Rewrite =>
  (body) =>
    rewrites.reduce((now, rewrite) => rewrite(now), body);

const QUANTITIES = ['prepaidQuantity', 'fairuseQuantity', 'actualQuantity', 'overageQuantity'];

const whole = (value: Json): Json =>
  value instanceof LosslessNumber ? new LosslessNumber(round(decimal(value.value), 0, 'half-up')) : value;

const prefixed = (...names: readonly string[]): Rewrite =>
  renamed(Object.fromEntries(names.map((name) => [name, `get${name}`])));

const asText = (value: Json): Json => (value instanceof LosslessNumber ? value.value : value);

/** Oldest first. */
export const RELEASES: readonly Release[] = [
  { version: '2025-05', title: 'introduced', rewrites: {} },
  {
    version: '2025-11',
    title:
      'renamed: `getprepaidQuantity` … to `prepaidQuantity` …, `getpurchaseOrderNumbers`, two fields of an address',
    rewrites: {
      BillingCharge: prefixed(...QUANTITIES),
      BillingContract: prefixed('purchaseOrderNumbers'),
      InvoiceAddress: prefixed('dateEffective', 'citySubdivision1'),
    },
  },
  {
    version: '2026-06',
    title: 'new: `convertedTokenCount` and `tokenConversionRate` of a charge',
    rewrites: { BillingCharge: without('convertedTokenCount', 'tokenConversionRate') },
  },
  {
    version: '2026-07',
    title: 'quantities of a charge are numbers, which were whole numbers before; new: its `name`',
    rewrites: { BillingCharge: both(without('name'), mapped(QUANTITIES, whole)) },
  },
  { version: '2026-08', title: '`/contracts` takes at most 10 a page, 200 before', rewrites: {} },
  {
    version: 'next',
    title:
      'made up: a renamed field (`overageAmount`), a number as a text (`prepaidQuantity`), a new field (`tierName`), a new unit, ' +
      'null for `externalNumber`, `purchaseOrderNumbers` always there, at most 5 contracts a page',
    rewrites: {
      BillingCharge: both(renamed({ overageCharge: 'overageAmount' }), mapped(['prepaidQuantity'], asText), (body) => ({
        ...body,
        tierName: 'Standard',
      })),
      BillingContract: (body) => ({ purchaseOrderNumbers: [], ...body, externalNumber: null }),
      BillingProduct: mapped(['unitOfMeasure'], (unit) => (unit === 'Message' ? 'Parcel' : unit)),
    },
  },
];

/** Which type stands in a field, whatever the body. */
const TYPE_OF_FIELD: Readonly<Record<string, string>> = {
  charges: 'BillingCharge',
  product: 'BillingProduct',
  plans: 'BillingPlan',
  billToAddress: 'InvoiceAddress',
  shipToAddress: 'InvoiceAddress',
};

/** The body and all in it, as this version writes it. @param type of the body itself */
export function asWrittenBy(version: ApiVersion, type: string, body: JsonObject): JsonObject {
  const rewrites = rewritesFor(version);
  return rewrites.length === 0 ? body : written(type, body, rewrites);
}

/** Most contracts of a page; the other listings take 200 in every version. */
export const contractsPageOf = (version: ApiVersion): number =>
  version === 'next' ? 5 : version === CURRENT_API_VERSION ? 10 : 200;

/** Newest first: each release that came later takes back what came with it. */
function rewritesFor(version: ApiVersion): readonly Rewrites[] {
  const at = API_VERSIONS.indexOf(version);
  if (version === 'next') return RELEASES.slice(at).map(({ rewrites }) => rewrites);
  return RELEASES.filter((release, index) => index > at && release.version !== 'next')
    .map(({ rewrites }) => rewrites)
    .reverse();
}

function written(type: string, body: JsonObject, rewrites: readonly Rewrites[]): JsonObject {
  const inner = Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, writtenBelow(TYPE_OF_FIELD[name], value, rewrites)]),
  );
  return rewrites.reduce<JsonObject>((now, each) => each[type]?.(now) ?? now, inner);
}

function writtenBelow(type: string | undefined, value: Json, rewrites: readonly Rewrites[]): Json {
  if (type === undefined) return value;
  if (Array.isArray(value)) return value.map((entry: Json) => writtenBelow(type, entry, rewrites));
  return isObject(value) ? written(type, value, rewrites) : value;
}
