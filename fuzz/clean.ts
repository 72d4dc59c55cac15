/** Small clean runs, each one family of a world: what changes are tried on. */

import { knownValue } from '../harness/domain/figure.ts';
import type { LoadedScenario } from '../harness/scenario/scenario.ts';
import { type Change, changesOf, replacing } from './changes.ts';
import { type Corpus, type JsonObject, type Replacements, serving } from './corpus.ts';
import { familiesOf, list, orgIdsIn } from './families.ts';
import { type Judged, judge } from './judge.ts';
import type { At } from './spots.ts';
import { ComparedPlaces, Fingerprint, type Trace } from './trace.ts';
import { type CleanRun, captureWorld, type WorldChoice } from './worlds.ts';

export class CleanFamily {
  readonly name: string;
  readonly corpus: Corpus;
  readonly #loaded: LoadedScenario;
  readonly world: WorldChoice;
  /** First and last days of the periods that legacy states, each once. */
  readonly days: readonly { readonly from: string; readonly to: string }[];
  readonly #starts: ReadonlySet<string>;
  readonly #clean: Fingerprint;
  readonly #places: ComparedPlaces;

  private constructor(name: string, run: CleanRun, judged: Judged) {
    this.name = name;
    this.corpus = run.corpus;
    this.world = run.world;
    this.#loaded = run.loaded;
    this.#clean = new Fingerprint(judged.judgement);
    this.#places = new ComparedPlaces(judged.fates());
    const starts = (judged.legacy?.subscriptions ?? []).flatMap(({ term }) => knownValue(term.contractStart) ?? []);
    this.#starts = new Set(starts);
    this.days = (judged.legacy?.subscriptions ?? []).flatMap(({ periodStart, periodEnd }) => {
      const [from, to] = [knownValue(periodStart), knownValue(periodEnd)];
      return from === null || to === null ? [] : [{ from, to }];
    });
  }

  /** Null: its own run has a mismatch, so that nothing could be seen of a change. */
  static async of(name: string, run: CleanRun): Promise<CleanFamily | null> {
    const judged = await judge(run.loaded, run.world.sources, serving(run.corpus, new Map()));
    const { mismatch, unstable } = judged.judgement.counts;
    return mismatch + unstable > 0 ? null : new CleanFamily(name, run, judged);
  }

  changes(): readonly Change[] {
    return changesOf(this.corpus);
  }

  isCut(charge: JsonObject): boolean {
    const skuOf = (one: JsonObject): string => JSON.stringify((one['product'] as JsonObject | null)?.['sku'] ?? null);
    const pieces = this.#charges().filter((one) => skuOf(one) === skuOf(charge) && one['id'] !== charge['id']);
    return pieces.some((one) => Number(one['actualQuantity']) > Number(charge['actualQuantity']));
  }

  isStartOfAnother(contract: JsonObject): boolean {
    const contracts = this.corpus.bodies.filter(({ type }) => type === 'BillingContract').map(({ json }) => json);
    return contracts.some(({ id, dateStart }) => id !== contract['id'] && this.#starts.has(String(dateStart)));
  }

  isShared(org: string, other: string): boolean {
    const ids = [org.toLowerCase(), other.toLowerCase()];
    return this.#charges().some((charge) => {
      const text = JSON.stringify(charge['organizations'] ?? []).toLowerCase();
      return ids.every((id) => text.includes(id));
    });
  }

  isBesideAnother(contract: JsonObject): boolean {
    const orgs = orgIdsIn(contract);
    return this.#jsons('BillingContract').some(
      (other) =>
        other['id'] !== contract['id'] &&
        [...orgIdsIn(other)].some((id) => orgs.has(id)) &&
        this.days.some(
          ({ from, to }) => String(other['dateStart'] ?? '') <= to && from <= String(other['dateEnd'] ?? '9'),
        ),
    );
  }

  isElsewhen(invoice: JsonObject): boolean {
    const own = this.corpus.bodies.filter(
      ({ type, exchange }) =>
        type === 'BillingInvoiceItemListing' && exchange.path.includes(`/${String(invoice['id'])}/`),
    );
    const lines = own.flatMap(({ json }) => list(json, 'entities'));
    return lines.every((line) =>
      this.days.every(({ from, to }) => String(line['dateEnd']) < from || to < String(line['dateStart'])),
    );
  }

  isOfNothing({ exchange, pointer }: At): boolean {
    const body = this.corpus.bodies.find((each) => each.exchange.id === exchange);
    const charge = list(body?.json ?? {}, 'charges')[Number(/^\/charges\/(\d+)/.exec(pointer)?.[1])];
    const amounts = ['prepaidQuantity', 'fairuseQuantity', 'actualQuantity', 'overageQuantity', 'overageCharge'];
    return charge !== undefined && amounts.every((name) => Number(charge[name] ?? 0) === 0);
  }

  isStatedElsewhere(row: JsonObject): boolean {
    const rows = ['OrganizationSubscription', 'TrusteeBillingOverview'].flatMap((type) =>
      this.#jsons(type).flatMap((body) => list(body, 'usages')),
    );
    return rows.some((other) => other !== row && other['partNumber'] === row['partNumber']);
  }

  #jsons(type: string): JsonObject[] {
    return this.corpus.bodies.filter((body) => body.type === type).map(({ json }) => json);
  }

  isOneProduct(sku: string, other: string): boolean {
    const products = this.#loaded.policy.products.map(({ skus }) => skus.map((each) => each.toLowerCase()));
    return products.some((skus) => [sku, other].every((each) => skus.includes(each.toLowerCase())));
  }

  #charges(): JsonObject[] {
    return this.corpus.bodies
      .filter(({ type }) => type === 'BillingContractPeriodDetail')
      .flatMap(({ json }) => list(json, 'charges'));
  }

  isCompared({ other, ...change }: Pick<Change, 'at' | 'other'>): boolean {
    return [change, ...(other === undefined ? [] : [other])].some((one) => this.#places.isCompared(one));
  }

  async traceOf(changes: readonly Change[]): Promise<Trace> {
    return this.#trace(replacing(this.corpus, changes));
  }

  async #trace(replaced: Replacements): Promise<Trace> {
    try {
      const { judgement } = await judge(this.#loaded, this.world.sources, serving(this.corpus, replaced));
      return new Fingerprint(judgement).against(this.#clean);
    } catch {
      return 'failed';
    }
  }
}

/** Families of a world; those that are alike in what they hold stand for each other, and the first is taken. */
export async function cleanFamilies(world: WorldChoice): Promise<CleanFamily[]> {
  const { corpus, loaded } = await captureWorld(world);
  const found: CleanFamily[] = [];
  for (const [index, family] of familiesOf(corpus).entries()) {
    const clean = await CleanFamily.of(`${world.name} #${index + 1}`, {
      world,
      corpus: family,
      loaded: narrowed(loaded, family),
    });
    if (clean !== null) found.push(clean);
  }
  return found;
}

/** Only the organisations and products that the family names: of others it says nothing. */
function narrowed(loaded: LoadedScenario, { bodies }: Corpus): LoadedScenario {
  const text = bodies
    .map(({ json }) => JSON.stringify(json))
    .join('\n')
    .toLowerCase();
  const paths = bodies.map(({ exchange }) => exchange.path.toLowerCase()).join('\n');
  const products = loaded.policy.products.filter(({ partNumber, skus }) =>
    [partNumber, ...skus].some((name) => text.includes(`"${name.toLowerCase()}"`)),
  );
  const orgs = loaded.policy.orgs?.filter(({ id }) => paths.includes(id.toLowerCase())) ?? null;
  return { ...loaded, scenario: { ...loaded.scenario, orgs }, policy: { ...loaded.policy, orgs, products } };
}
