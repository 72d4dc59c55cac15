/** Accepted mismatches: which waiver a difference falls under, and which waivers no longer do their work. */
import { contains, type IsoDate } from '../domain/billing-period.ts';
import type { Decimal } from '../domain/decimal.ts';
import type { CellScope } from '../domain/finding.ts';
import type { Waiver } from '../domain/policy.ts';
import { orgId, productKey } from '../domain/side.ts';
import type { WaiverCounts } from '../domain/verdict.ts';

export type WaiverAnswer =
  | { readonly kind: 'waived'; readonly waiver: Waiver }
  /** It is meant for this place, but no longer holds; `why` says so. */
  | { readonly kind: 'reopened'; readonly why: string };

export class WaiverBook {
  readonly #waivers: readonly Waiver[];
  readonly #byRule = new Map<string, Waiver[]>();
  readonly #used = new Set<Waiver>();
  readonly #reopened = new Set<Waiver>();
  readonly #today: IsoDate;

  constructor(waivers: readonly Waiver[], today: IsoDate) {
    this.#waivers = waivers;
    this.#today = today;
    for (const waiver of waivers) {
      const list = this.#byRule.get(waiver.rule);
      if (list === undefined) this.#byRule.set(waiver.rule, [waiver]);
      else list.push(waiver);
    }
  }

  /** The first waiver of the scenario that covers the difference; failing that, why one that is meant for it does not. */
  find(rule: string, scope: CellScope, delta: Decimal | null): WaiverAnswer | null {
    const meant = this.#byRule.get(rule)?.filter((waiver) => isFor(waiver, scope)) ?? [];
    const waiver = meant.find((each) => !this.#isExpired(each) && fits(each, delta));
    if (waiver !== undefined) {
      this.#used.add(waiver);
      return { kind: 'waived', waiver };
    }
    const running = meant.find((each) => !this.#isExpired(each));
    if (running !== undefined) {
      this.#reopened.add(running);
      const now = delta === null ? 'no number now' : `${delta} now`;
      return { kind: 'reopened', why: `the waiver of ${running.owner} accepts ${running.delta}, and it is ${now}` };
    }
    const [expired] = meant;
    if (expired === undefined) return null;
    return { kind: 'reopened', why: `the waiver of ${expired.owner} expired on ${expired.expires}` };
  }

  counts(): WaiverCounts {
    const expired = this.#waivers.filter((waiver) => this.#isExpired(waiver)).length;
    return { used: this.#used.size, unused: this.#waivers.length - expired - this.#used.size, expired };
  }

  /** One sentence for each waiver that is expired or was not needed, in the order of the scenario. */
  notes(): readonly string[] {
    return this.#waivers.flatMap((waiver) => {
      if (this.#isExpired(waiver))
        return [`Waiver of ${waiver.owner} for ${spoken(waiver)} expired on ${waiver.expires}.`];
      if (this.#used.has(waiver)) return [];
      const why = this.#reopened.has(waiver)
        ? 'no longer fits: the difference is another'
        : 'was not needed: nothing it accepts was observed';
      return [`Waiver of ${waiver.owner} for ${spoken(waiver)} ${why}.`];
    });
  }

  #isExpired(waiver: Waiver): boolean {
    return waiver.expires < this.#today;
  }
}

const fits = (waiver: Waiver, delta: Decimal | null): boolean => waiver.delta === null || waiver.delta === delta;

/** What the waiver leaves out holds for any. A scope of several products lists them by commas. */
function isFor(waiver: Waiver, scope: CellScope): boolean {
  const { org, sku, appId, period } = waiver;
  return (
    (org === null || scope.orgs.some((each) => each.id === orgId(org))) &&
    (sku === null || listed(scope.sku).some((each) => productKey(each) === productKey(sku))) &&
    (appId === null || listed(scope.appId).includes(appId)) &&
    (period === null || (scope.period !== null && contains(scope.period, period)))
  );
}

const listed = (text: string | null): readonly string[] => text?.split(', ') ?? [];

function spoken(waiver: Waiver): string {
  const parts = [waiver.org, waiver.sku, waiver.appId, waiver.period].filter((part) => part !== null);
  return parts.length === 0 ? waiver.rule : `${waiver.rule} (${parts.join(', ')})`;
}
