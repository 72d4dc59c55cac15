/** Where each side mentions the products that the scenario maps: what tells a missing product from a mapping that does not fit. */
import type { CaptureFailure } from '../../domain/capture.ts';
import type { ContractSide } from '../../domain/contract-side.ts';
import type { LegacySide } from '../../domain/legacy-side.ts';
import type { Line } from '../../domain/line.ts';
import { productKey, type Side } from '../../domain/side.ts';
import { isNonzero } from './contract-index.ts';
import type { Facts, Mentions } from './family-facts.ts';
import type { ProductGroup, Products } from './products.ts';
import { stemOf } from './sku-stem.ts';
import { unlistedReason } from './unknown-apps.ts';

/** One side states a product for so many organisations and the other nowhere: then the mapping is in question. */
const MANY = 3;

export interface ProductMentions {
  legacy(product: ProductGroup): Mentions;
  contract(product: ProductGroup): Mentions;
  /** Why nobody knows what the side mentions; null if it was read, be it in part. */
  unread(side: Side): string | null;
  /** Why it is a question of the set-up whether both sides have it; null if it is none. */
  question(product: ProductGroup): string | null;
}

/**
 * @param isInScope organisations that are compared: others do not count, though a mention of a product for them does
 * @param unknown app ids that the usage API knows nowhere: legacy need not mention their products
 * @param familyFacts what families that were judged before mention
 */
export function productMentions(
  legacy: LegacySide,
  contract: ContractSide,
  products: Products,
  isInScope: (orgId: string) => boolean,
  unknown: ReadonlySet<string> = new Set(),
  familyFacts: Facts | null = null,
): ProductMentions {
  const before = legacyMentions(legacy, products, isInScope);
  const after = contractMentions(contract, products, isInScope);
  const of = (book: Book, side: Side, product: ProductGroup): Mentions => {
    const otherFamilies = familyFacts?.mentions[side].get(product.key);
    return {
      known: book.known.has(product) || otherFamilies?.known === true,
      orgs: (book.orgs.get(product)?.size ?? 0) + (otherFamilies?.orgs ?? 0),
    };
  };
  const mentions = {
    legacy: (product: ProductGroup) => of(before, 'legacy', product),
    contract: (product: ProductGroup) => of(after, 'contract', product),
  };
  const isSettled = familyFacts !== null && familyFacts.orgs.size > 0;
  const silent = {
    legacy: legacy.subscriptions.length === 0 && !isSettled ? firstOf(legacy.failures) : null,
    contract:
      contract.contracts.length + contract.listed.length === 0 && !isSettled ? firstOf(contract.failures) : null,
  };
  return {
    ...mentions,
    unread: (side) => silent[side],
    question: (product) => {
      const [one, other] = [mentions.legacy(product), mentions.contract(product)];
      // A side that could not be read mentions nothing for another reason.
      if (silent.legacy !== null || silent.contract !== null) return null;
      const unlisted = unlistedReason(product.appIds, unknown);
      if (unlisted !== null && !one.known && other.known) return unlisted;
      if (one.orgs >= MANY && !other.known) {
        return `legacy states ${product.partNumber} for ${one.orgs} organisations, and the contract side mentions ${product.sku} nowhere`;
      }
      if (other.orgs >= MANY && !one.known) {
        return `the contract side states ${product.sku} for ${other.orgs} organisations, and legacy mentions ${product.partNumber} nowhere`;
      }
      return null;
    },
  };
}

const firstOf = (failures: readonly CaptureFailure[]): string | null =>
  failures.map(({ message }) => message).sort()[0] ?? null;

interface Book {
  readonly known: Set<ProductGroup>;
  readonly orgs: Map<ProductGroup, Set<string>>;
}

const emptyBook = (): Book => ({ known: new Set(), orgs: new Map() });

function enter({ known, orgs }: Book, product: ProductGroup | undefined, ids: readonly string[]): void {
  if (product === undefined) return;
  known.add(product);
  if (ids.length === 0) return;
  const own = orgs.get(product) ?? new Set();
  for (const id of ids) own.add(id);
  orgs.set(product, own);
}

type IsInScope = (orgId: string) => boolean;

const idsOf = ({ orgs }: Line, isInScope: IsInScope): readonly string[] => orgs.map(({ id }) => id).filter(isInScope);

function legacyMentions({ subscriptions }: LegacySide, products: Products, isInScope: IsInScope): Book {
  const book = emptyBook();
  for (const { lines, breakdowns } of subscriptions) {
    for (const line of lines) {
      enter(book, products.byPartNumber(line.product), isNonzero(line) ? idsOf(line, isInScope) : []);
    }
    for (const line of breakdowns) enter(book, products.byPartNumber(line.product), []);
  }
  return book;
}

function contractMentions(
  { lines, contracts, listed, invoices }: ContractSide,
  products: Products,
  isInScope: IsInScope,
): Book {
  const book = emptyBook();
  const byStem = new Map(
    products.groups.flatMap((product) => product.sku.split(', ').map((sku) => [stemOf(sku), product])),
  );
  const mention = (sku: string | null, ids: readonly string[] = []): void => {
    if (sku === null || productKey(sku) === '') return;
    const own = products.bySku(sku);
    enter(book, own, ids);
    // A prefix of another kind is told as such.
    const stem = stemOf(sku);
    if (own === undefined && stem !== null) enter(book, byStem.get(stem), []);
  };
  for (const line of lines) mention(line.product, isNonzero(line) ? idsOf(line, isInScope) : []);
  for (const { plans } of [...contracts, ...listed]) for (const { sku } of plans) mention(sku);
  for (const invoice of invoices) for (const { sku } of invoice.lines ?? []) mention(sku);
  return book;
}
