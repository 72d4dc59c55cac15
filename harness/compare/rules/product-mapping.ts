/** Whether each app id, part number and SKU that the scenario maps is known to its side: a question of the set-up. */
import type { Side } from '../../domain/side.ts';
import type { Alignment } from '../pairs/align.ts';
import type { ProductMentions } from '../scope/product-mentions.ts';
import type { ProductGroup } from '../scope/products.ts';
import { unknownAppReason, unknownApps } from '../scope/unknown-apps.ts';
import { type Examination, examinationOf, Observer } from './invariant-scope.ts';
import { EQUAL, notComparable } from './outcome.ts';
import type { Observation, Outcome, SideRule, Sides } from './rule.ts';

function* examine(sides: Sides): Generator<Observation> {
  const { alignment = null } = sides;
  if (alignment === null) return;
  const examination = examinationOf(sides);
  const observer = new Observer();
  yield* apps(sides, examination, observer);
  for (const product of alignment.scope.products.groups) {
    for (const [side, name, outcome] of namesOf(product, alignment)) {
      const { appId, sku, partNumber } = product;
      const scope = examination.scope({ side, subject: name, appId, partNumber });
      yield observer.observe({ ...scope, sku }, outcome);
    }
  }
}

/** Only the usage API knows apps. */
function* apps({ legacy, policy }: Sides, examination: Examination, observer: Observer): Generator<Observation> {
  if (legacy === null || (legacy.regionCounts.length === 0 && legacy.regionListings.length === 0)) return;
  const unknown = unknownApps(legacy, policy);
  for (const appId of new Set(policy.products.map((product) => product.appId))) {
    const outcome = unknown.has(appId) ? notComparable(unknownAppReason(appId)) : EQUAL;
    yield observer.observe(examination.scope({ side: 'legacy', subject: `app ${appId}`, appId }), outcome);
  }
}

function* namesOf(product: ProductGroup, { scope }: Alignment): Generator<[Side, string, Outcome]> {
  const { mentions, policy } = scope;
  const [before, after] = [mentions.legacy(product), mentions.contract(product)];
  const question = mentions.question(product);
  const lost = (['legacy', 'contract'] as const).find((side) => mentions.unread(side) !== null);
  if (lost !== undefined) {
    const side = lost === 'legacy' ? 'legacy' : 'the contract side';
    yield* readNames(product, mentions, `${side} could not be read: ${mentions.unread(lost)}`);
    return;
  }
  if (!before.known && !after.known) {
    const reason = `neither side names ${product.partNumber} or ${product.sku} for any organisation: it may be misspelt in the scenario`;
    // With listed organisations it may just be that none of them has it.
    yield ['legacy', `part number ${product.partNumber}`, notComparable(reason, null, null, policy.orgs === null)];
    return;
  }
  yield ['legacy', `part number ${product.partNumber}`, of(before.known, question)];
  yield ['contract', `SKU ${product.sku}`, of(after.known, question)];
}

/** Where one side could not be read at all: what the other names is known, and nobody can say whether the rest is. */
function* readNames(
  product: ProductGroup,
  mentions: ProductMentions,
  unread: string,
): Generator<[Side, string, Outcome]> {
  const names = { legacy: `part number ${product.partNumber}`, contract: `SKU ${product.sku}` };
  for (const side of ['legacy', 'contract'] as const) {
    yield [side, names[side], mentions[side](product).known ? EQUAL : notComparable(unread)];
  }
}

/** Few organisations, and the other side says nothing: then it is missing there, and the coverage rules say so. */
const of = (isKnown: boolean, question: string | null): Outcome =>
  !isKnown && question !== null ? notComparable(question) : EQUAL;

export const productMapping: SideRule = {
  id: 'product-mapping',
  category: 'coverage',
  looksAt: 'sides',
  overall: true,
  title: 'Mapped names are known',
  doc: 'Each mapped app id, part number and SKU is known to its side, over everyone in the run. An app id that the regions count nowhere (its organisations and products are not called missing), or a product that one side states for three organisations or more and the other names nowhere, is a question of the set-up: not comparable, and its pairs are not called missing. A product that neither side names is not comparable (with listed organisations: outside coverage). A SKU that differs by its prefix alone is known (cause `sku-prefix`).',
  example: 'scenario partNumber: PC-170-NV-WALLX · legacy lists PC-170-NV-WALLB for 12 organisations',
  examine,
};
