/**
 * What the rules of one side look at: everything that concerns an organisation in scope and, where the legacy side is
 * there too, a product of the scenario. Gives each thing its scope: names, region, product, period, a subject of its own.
 */
import { ascending } from 'd3-array';
import type { BillingPeriod } from '../../domain/billing-period.ts';
import type { CaptureSubject } from '../../domain/capture.ts';
import type { Contract } from '../../domain/contract-side.ts';
import type { Evidence } from '../../domain/figure.ts';
import type { CellScope } from '../../domain/finding.ts';
import { NO_LEGACY } from '../../domain/legacy-side.ts';
import { type OrgRef, orgId, productKey, type Side } from '../../domain/side.ts';
import type { PairMaterial } from '../pairs/pair.ts';
import { mayNameAnyone } from '../scope/contract-gaps.ts';
import { orgNames } from '../scope/org-names.ts';
import { type ProductGroup, type Products, productsOf } from '../scope/products.ts';
import type { Observation, Outcome, Sides } from './rule.ts';

/** What a thing is about; what is left out is null or empty. */
export interface About {
  readonly side: Side;
  readonly subject: string;
  readonly orgs?: readonly OrgRef[];
  readonly sku?: string | null;
  readonly partNumber?: string | null;
  readonly appId?: string | null;
  readonly region?: string | null;
  readonly period?: BillingPeriod | null;
}

/** A contract with everyone and everything that it names. */
export interface ContractView {
  readonly id: string;
  /** By id; as listed if it could not be had by id. */
  readonly contract: Contract;
  /** Sorted by id. */
  readonly orgs: readonly OrgRef[];
  /** It concerns someone and something that the run is about. */
  readonly examined: boolean;
  /** Only what was read of its charges says whom it concerns: where that fails, it may be anyone. */
  readonly open: boolean;
}

/** Who and what is looked at in one comparison. */
export class Examination {
  readonly sides: Sides;
  readonly products: Products;
  /** By contract id. */
  readonly contracts: ReadonlyMap<string, ContractView>;
  #pairs: ReadonlyMap<string, PairMaterial> | null = null;
  readonly #listed: ReadonlySet<string> | null;
  readonly #names: ReadonlyMap<string, OrgRef>;
  readonly #regions: ReadonlyMap<string, string | null>;

  constructor(sides: Sides) {
    const { policy, legacy, contract } = sides;
    this.sides = sides;
    this.products = productsOf(policy);
    this.#listed = policy.orgs === null ? null : new Set(policy.orgs.map(({ id }) => orgId(id)));
    this.#names = orgNames(legacy ?? NO_LEGACY, contract, policy.orgs);
    this.#regions = regionsOf(sides);
    this.contracts = this.#viewContracts();
  }

  /** With listed organisations: one of them is among these, or it is not said who is concerned. */
  concerns(orgs: readonly OrgRef[]): boolean {
    const listed = this.#listed;
    return listed === null || orgs.length === 0 || orgs.some(({ id }) => listed.has(id));
  }

  /**
   * Beside a legacy side only products of the scenario count; alone, the contract side is looked at as a whole. What names no
   * product may be any.
   */
  covers(sku: string | null): boolean {
    return this.sides.legacy === null || sku === null || this.products.bySku(sku) !== undefined;
  }

  /** The pair that a charge or wallet is part of, by the place where it stands; null where it is part of none. */
  pairAt({ exchange, pointer }: Evidence): PairMaterial | null {
    this.#pairs ??= new Map(
      (this.sides.alignment?.pairs ?? []).flatMap((pair) =>
        pair.contractLines.map(({ at }) => [`${at.exchange}#${at.pointer}`, pair] as const),
      ),
    );
    return this.#pairs.get(`${exchange}#${pointer}`) ?? null;
  }

  scope(about: About): CellScope {
    const orgs = (about.orgs ?? []).map((org) => this.#names.get(org.id) ?? org);
    const sku = about.sku ?? null;
    const group = sku === null ? undefined : this.products.bySku(sku);
    return {
      orgs: orgs.sort((a, b) => ascending(a.id, b.id)),
      region: about.region ?? this.#regionOf(orgs),
      appId: about.appId ?? group?.appId ?? null,
      sku: sku === null ? null : spelledLike(group, sku),
      partNumber: about.partNumber ?? group?.partNumber ?? null,
      period: about.period ?? null,
      side: about.side,
      subject: about.subject,
    };
  }

  #regionOf(orgs: readonly OrgRef[]): string | null {
    const regions = new Set(orgs.map(({ id }) => this.#regions.get(id) ?? null));
    const [region] = regions;
    return regions.size === 1 ? (region ?? null) : null;
  }

  #viewContracts(): Map<string, ContractView> {
    const { contract: side } = this.sides;
    const byId = new Map([...side.listed, ...side.contracts].map((contract) => [contract.id, contract]));
    const found = new Map([...byId.keys()].map((id) => [id, { orgs: new Map<string, OrgRef>(), covered: false }]));
    const name = (id: string, orgs: readonly OrgRef[], sku: string | null): void => {
      const named = found.get(id);
      if (named === undefined) return;
      for (const org of orgs) named.orgs.set(org.id, org);
      named.covered ||= this.covers(sku);
    };
    for (const contract of byId.values()) for (const plan of contract.plans) name(contract.id, plan.orgs, plan.sku);
    for (const { contractId, charges, wallets } of side.details) {
      for (const { orgs, sku } of [...charges, ...wallets]) name(contractId, orgs, sku);
    }
    return new Map(
      [...byId].map(([id, contract]): [string, ContractView] => {
        const named = found.get(id);
        const orgs = [...(named?.orgs.values() ?? [])].sort((a, b) => ascending(a.id, b.id));
        const covered = this.sides.legacy === null || named?.covered === true;
        return [id, { id, contract, orgs, examined: covered && this.concerns(orgs), open: mayNameAnyone(contract) }];
      }),
    );
  }
}

const cache = new WeakMap<Sides, Examination>();

/** The same one for all rules that are asked about the same sides. */
export function examinationOf(sides: Sides): Examination {
  let examination = cache.get(sides);
  if (examination === undefined) {
    examination = new Examination(sides);
    cache.set(sides, examination);
  }
  return examination;
}

/** A group of one SKU spells it for all; a charge of a group of several keeps its own. */
const spelledLike = (group: ProductGroup | undefined, sku: string): string =>
  group !== undefined && productKey(group.sku) === productKey(sku) ? group.sku : sku.trim();

/** Null: seen in several regions. */
function regionsOf({ legacy, policy }: Sides): Map<string, string | null> {
  const regions = new Map<string, string | null>();
  const add = (id: string, region: string | null): void => {
    if (region === null) return;
    const before = regions.get(id);
    regions.set(id, before === undefined || before === region ? region : null);
  };
  for (const org of policy.orgs ?? []) add(orgId(org.id), org.region);
  for (const subscription of legacy?.subscriptions ?? []) add(subscription.org.id, subscription.region);
  return regions;
}

/** Makes observations whose subjects are all different within one rule: what would be the same twice is numbered. */
export class Observer {
  readonly #seen = new Map<string, number>();

  observe(scope: CellScope, outcome: Outcome): Observation {
    const orgs = scope.orgs.map(({ id }) => id).join(',');
    const key = `${scope.side}|${orgs}|${scope.sku}|${scope.partNumber}|${scope.period?.start}|${scope.subject}`;
    const count = (this.#seen.get(key) ?? 0) + 1;
    this.#seen.set(key, count);
    const subject = count === 1 ? scope.subject : `${scope.subject} (${count})`;
    return { scope: { ...scope, subject }, pair: `${scope.side}:${subject}`, outcome };
  }
}

/** What could not be had on the contract side, of one kind. */
export function failuresOf<K extends CaptureSubject['kind']>(
  { contract }: Sides,
  kind: K,
): { readonly subject: Extract<CaptureSubject, { kind: K }>; readonly message: string }[] {
  return contract.failures.flatMap(({ subject, message }) =>
    subject.kind === kind ? [{ subject: subject as Extract<CaptureSubject, { kind: K }>, message }] : [],
  );
}
