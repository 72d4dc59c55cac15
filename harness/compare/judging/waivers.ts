/** Accepted mismatches: which waiver a difference falls under, and which waivers no longer do their work. */
import { group } from 'd3-array';
import { contains, type IsoDate } from '../../domain/billing-period.ts';
import { add, compareDecimals, type Decimal, ZERO } from '../../domain/decimal.ts';
import type { Cell, CellScope } from '../../domain/finding.ts';
import { formatAmount } from '../../domain/money.ts';
import type { Waiver } from '../../domain/policy.ts';
import { orgId, productKey } from '../../domain/side.ts';
import type { WaiverCounts } from '../../domain/verdict.ts';
import { totalsOf } from './money.ts';

export type WaiverAnswer =
  | { readonly kind: 'waived'; readonly waiver: Waiver }
  /** It is meant for this place, but no longer holds; `why` says so. */
  | { readonly kind: 'reopened'; readonly why: string };

/** Waivers that cover more money than they accept, and how much in words: they hold for nothing. */
export type Exceeded = ReadonlyMap<Waiver, string>;
export const NONE_EXCEEDED: Exceeded = new Map();

interface BookOptions {
  readonly exceeded?: Exceeded;
  /** Whether an organisation is looked at; left out where all that the scenario is about are. */
  readonly looksAt?: ((orgId: string) => boolean) | null;
}

export class WaiverBook {
  readonly #waivers: readonly Waiver[];
  readonly #byRule: ReadonlyMap<string | null, readonly Waiver[]>;
  readonly #byCause: ReadonlyMap<string | null, readonly Waiver[]>;
  readonly #used = new Set<Waiver>();
  readonly #reopened = new Set<Waiver>();
  readonly #today: IsoDate;
  readonly #exceeded: Exceeded;
  readonly #looksAt: ((orgId: string) => boolean) | null;

  constructor(waivers: readonly Waiver[], today: IsoDate, options: BookOptions = {}) {
    this.#waivers = waivers;
    this.#today = today;
    this.#exceeded = options.exceeded ?? NONE_EXCEEDED;
    this.#looksAt = options.looksAt ?? null;
    this.#byRule = group(waivers, ({ rule }) => rule);
    this.#byCause = group(waivers, ({ cause }) => cause);
  }

  /** The first waiver of the scenario that covers the difference; failing that, why one that is meant for it does not. */
  find(rule: string, scope: CellScope, delta: Decimal | null): WaiverAnswer | null {
    return this.#answer(this.#byRule.get(rule) ?? [], scope, delta);
  }

  /** The same of a difference that a root cause explains. */
  findByCause(cause: string, scope: CellScope): WaiverAnswer | null {
    return this.#answer(this.#byCause.get(cause) ?? [], scope, null);
  }

  /** Of waivers with a limit, those whose findings carry more money. @param cells as they are judged in the end */
  exceededBy(cells: readonly Cell[]): Exceeded {
    const covered = group(
      cells.filter(({ waiver }) => waiver !== null && waiver.maxMoney !== null),
      ({ waiver }) => waiver,
    );
    const exceeded = new Map(this.#exceeded);
    for (const [waiver, own] of covered) {
      const much = waiver === null ? null : tooMuch(waiver, own);
      if (waiver !== null && much !== null) exceeded.set(waiver, much);
    }
    return exceeded;
  }

  #answer(waivers: readonly Waiver[], scope: CellScope, delta: Decimal | null): WaiverAnswer | null {
    const meant = waivers.filter((waiver) => isFor(waiver, scope));
    const running = meant.filter((each) => !this.#isExpired(each));
    const waiver = running.find((each) => !this.#exceeded.has(each) && fits(each, delta));
    if (waiver !== undefined) {
      this.#used.add(waiver);
      return { kind: 'waived', waiver };
    }
    const [first] = running;
    if (first !== undefined) return { kind: 'reopened', why: this.#reopen(first, delta) };
    const [expired] = meant;
    if (expired === undefined) return null;
    return { kind: 'reopened', why: `the waiver of ${expired.owner} expired on ${expired.expires}` };
  }

  #reopen(running: Waiver, delta: Decimal | null): string {
    this.#reopened.add(running);
    const much = this.#exceeded.get(running);
    if (much !== undefined) return `the waiver of ${running.owner} ${much}`;
    const now = delta === null ? 'no number now' : `${delta} now`;
    return `the waiver of ${running.owner} accepts ${running.delta}, and it is ${now}`;
  }

  counts(): WaiverCounts {
    const expired = this.#waivers.filter((waiver) => this.#isExpired(waiver)).length;
    const idle = this.#waivers.filter((waiver) => !this.#isExpired(waiver) && !this.#used.has(waiver));
    return { used: this.#used.size, unused: idle.filter((waiver) => this.#isSeen(waiver)).length, expired };
  }

  /** One sentence for each waiver that is expired or was not needed, in the order of the scenario. */
  notes(): readonly string[] {
    return this.#waivers.flatMap((waiver) => {
      if (this.#isExpired(waiver))
        return [`Waiver of ${waiver.owner} for ${scopeWords(waiver)} expired on ${waiver.expires}.`];
      if (this.#used.has(waiver)) return [];
      const much = this.#exceeded.get(waiver);
      const why = this.#reopened.has(waiver)
        ? `no longer fits: ${much === undefined ? 'the difference is another' : `it ${much}`}`
        : this.#isSeen(waiver)
          ? 'was not needed: nothing it accepts was observed'
          : null;
      if (why === null) return [];
      return [`Waiver of ${waiver.owner} for ${scopeWords(waiver)} ${why}.`];
    });
  }

  /** Where only a part is looked at, a waiver that is not of one organisation in it may be needed elsewhere. */
  #isSeen(waiver: Waiver): boolean {
    if (this.#looksAt === null || this.#reopened.has(waiver)) return true;
    return waiver.org !== null && this.#looksAt(orgId(waiver.org));
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

/** `accepts USD 500.00, and it covers USD 512.00`; null if it covers no more than it accepts in any currency. */
function tooMuch({ maxMoney }: Waiver, cells: readonly Cell[]): string | null {
  const covered = totalsOf(cells).map(({ currency, overBilled, underBilled }) => ({
    currency,
    amount: add(overBilled, underBilled),
    limit: maxMoney?.[currency] ?? ZERO,
  }));
  const over = covered.find(({ amount, limit }) => compareDecimals(amount, limit) > 0);
  if (over === undefined) return null;
  const { currency, amount, limit } = over;
  return `accepts ${currency} ${formatAmount(limit, currency)}, and it covers ${currency} ${formatAmount(amount, currency)}`;
}

const listed = (text: string | null): readonly string[] => text?.split(', ') ?? [];

function scopeWords(waiver: Waiver): string {
  const parts = [waiver.org, waiver.sku, waiver.appId, waiver.period].filter((part) => part !== null);
  const what = waiver.rule ?? `the cause ${waiver.cause}`;
  return parts.length === 0 ? what : `${what} (${parts.join(', ')})`;
}
