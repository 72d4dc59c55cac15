/** Things seen that are no cells, in words. */
import { productKey } from '../../domain/side.ts';
import type { Unread } from '../../domain/verdict.ts';
import type { ComparisonScope } from '../scope/comparison-scope.ts';
import { isNonzero } from '../scope/contract-index.ts';
import { type Beside, enterName } from '../scope/family-facts.ts';

const SHOWN = 10;

/** Kinds of failures with a note of their own: result.json has them all. */
const MOST_KINDS = 5;

/** At most ten are named. */
const listed = (texts: Iterable<string>): string => {
  const all = [...new Set(texts)].sort();
  const more = all.length - SHOWN;
  return `${all.slice(0, SHOWN).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
};

const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/** What lies beside the comparison of these organisations. */
export function besideOf(scope: ComparisonScope): Beside {
  const { contract, products, orgs } = scope;
  const skus = new Map<string, string>();
  const unlisted = new Set<string>();
  for (const line of contract.lines) {
    if (products.bySku(line.product) !== undefined) {
      for (const org of line.orgs) if (!orgs.has(org.id)) unlisted.add(org.id);
    } else if (productKey(line.product) !== '' && isNonzero(line) && line.orgs.some((org) => orgs.has(org.id))) {
      enterName(skus, line.product);
    }
  }
  return { skus, unlisted, parts: unmappedParts(scope) };
}

function unmappedParts({ policy, products, orgs }: ComparisonScope): ReadonlyMap<string, string> {
  const apps = new Set(policy.products.map((product) => product.appId));
  const parts = new Map<string, string>();
  for (const { legacy } of orgs.values()) {
    for (const line of legacy.state === 'present' ? legacy.subscription.lines : []) {
      const isNamed = productKey(line.product) !== '';
      const isOurs = isNamed && line.appId !== null && apps.has(line.appId) && isNonzero(line);
      if (isOurs && products.byPartNumber(line.product) === undefined) enterName(parts, line.product);
    }
  }
  return parts;
}

export function besideNotes(beside: Beside, discover: boolean): readonly string[] {
  const skus = [...beside.skus.values()];
  const parts = [...beside.parts.values()];
  const unlisted = beside.unlisted.size;
  return [
    ...note(
      skus.length,
      `The contract side charges ${plural(skus.length, 'SKU', 'SKUs')} that the scenario does not map, so nothing was compared with it: ${listed(skus)}.`,
    ),
    ...note(
      parts.length,
      `Legacy lists ${plural(parts.length, 'part number', 'part numbers')} of the scenario’s apps that the scenario does not map: ${listed(parts)}.`,
    ),
    ...note(unlisted, unlistedNote(unlisted, discover)),
  ];
}

const note = (count: number, text: string): readonly string[] => (count === 0 ? [] : [text]);

function unlistedNote(count: number, discover: boolean): string {
  const who = `${plural(count, 'organisation', 'organisations')} with charges on the contract side`;
  const [them, are, they] = count === 1 ? ['it', 'is', 'it was'] : ['them', 'are', 'they were'];
  return discover
    ? `${who} had no contract in force in the period, and legacy does not know ${them}.`
    : `${who} ${are} not listed in the scenario; ${they} counted, not judged.`;
}

/** Every request that failed, so that none is lost between cells; those that failed alike are one note. */
export function failureNotes(unread: readonly Unread[]): readonly string[] {
  const more = unread.slice(MOST_KINDS).reduce((sum, { count }) => sum + count, 0);
  return [...unread.slice(0, MOST_KINDS).map(unreadNote), ...note(more, `${more} more could not be fetched or read.`)];
}

function unreadNote({ reason, request, count }: Unread): string {
  const what = plural(count, 'thing could not be fetched or read', 'things could not be fetched or read');
  const which = count === 1 ? '' : 'the first: ';
  return `${what}: ${reason}${request === null ? '' : `; ${which}${request}`}.`;
}

/** Records that are in no account: a fault of this tool, which therefore claims nothing. */
export function unaccountedNotes(unaccounted: readonly string[]): readonly string[] {
  if (unaccounted.length === 0) return [];
  const count = plural(unaccounted.length, 'record was received and is', 'records were received and are');
  return [`${count} in no account (a fault of this tool, please report it): ${listed(unaccounted)}.`];
}
