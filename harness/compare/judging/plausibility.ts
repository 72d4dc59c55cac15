/** What a body of the contract side may say by its schema, and hardly ever means: told in notes, judged by nobody. Pure. */
import { group } from 'd3-array';
import type { Contract, ContractSide } from '../../domain/contract-side.ts';
import { compareDecimals, decimalPlaces, ZERO } from '../../domain/decimal.ts';
import type { Evidence, Figure } from '../../domain/figure.ts';

interface Implausible {
  readonly kind: Kind;
  /** The JSON text that stands there; null where something is missing. */
  readonly raw: string | null;
  readonly at: Evidence;
}

type Kind = keyof typeof WORDS;

const WORDS = {
  negative: ['a commitment is negative', 'commitments are negative'],
  'lower-case': ['a currency is not written in capital letters', 'currencies are not written in capital letters'],
  unknown: ['a currency is no ISO 4217 code', 'currencies are no ISO 4217 codes'],
  fraction: ['the quantity of a plan is no whole number', 'quantities of plans are no whole numbers'],
  nobody: ['a plan names no organisation', 'plans name no organisation'],
} as const;

/** Places named one by one; of more, the rest are counted. */
const NAMED = 5;

/**
 * One note for each kind of oddity, with its places.
 * @param nameOf the file or the request of an exchange: `contract/1.json`, `GET /api/v2/billing/contracts/1`
 */
export function plausibilityNotes(contract: ContractSide, nameOf: (exchange: string) => string): string[] {
  const byKind = group(oddities(contract), ({ kind }) => kind);
  return (Object.keys(WORDS) as Kind[]).flatMap((kind) => {
    const found = byKind.get(kind) ?? [];
    if (found.length === 0) return [];
    const [one, many] = WORDS[kind];
    const places = found.slice(0, NAMED).map(({ raw, at }) => {
      return `${raw === null ? '' : `${raw} `}at ${at.pointer} of ${nameOf(at.exchange)}`;
    });
    const more = found.length - NAMED;
    return [
      `${found.length === 1 ? one : `${found.length} ${many}`}: ${places.join('; ')}${more > 0 ? `; and ${more} more` : ''}`,
    ];
  });
}

function* oddities(side: ContractSide): Generator<Implausible> {
  const byId = new Set(side.contracts.map(({ id }) => id));
  for (const contract of [...side.contracts, ...side.listed.filter(({ id }) => !byId.has(id))])
    yield* ofPlans(contract);
  for (const { charges, wallets } of side.details) {
    for (const { prepaid, fairuse, currency } of charges) {
      yield* [...negative(prepaid), ...negative(fairuse), ...ofCurrency(currency)];
    }
    for (const { currency } of wallets) yield* ofCurrency(currency);
  }
  for (const { currency } of side.invoices) yield* ofCurrency(currency);
}

function* ofPlans({ plans }: Contract): Generator<Implausible> {
  for (const { orgs, items, at } of plans) {
    if (orgs.length === 0) yield { kind: 'nobody', raw: null, at };
    for (const { quantity, currency } of items)
      yield* [...negative(quantity), ...fraction(quantity), ...ofCurrency(currency)];
  }
}

const negative = (figure: Figure): Implausible[] =>
  figure.state === 'known' && compareDecimals(figure.value, ZERO) < 0
    ? [{ kind: 'negative', raw: figure.raw, at: figure.at }]
    : [];

const fraction = (figure: Figure): Implausible[] =>
  figure.state === 'known' && decimalPlaces(figure.value) > 0
    ? [{ kind: 'fraction', raw: figure.raw, at: figure.at }]
    : [];

function ofCurrency(figure: Figure<string>): Implausible[] {
  if (figure.state === 'absent') return [];
  const { raw, at } = figure;
  if (figure.state === 'unreadable') return [{ kind: 'unknown', raw, at }];
  return raw === JSON.stringify(figure.value) ? [] : [{ kind: 'lower-case', raw, at }];
}
