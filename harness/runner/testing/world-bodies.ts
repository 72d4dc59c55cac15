/** The records in the bodies of a kept world, found by path and place alone. */
import { type Decimal, isZero, ZERO } from '../../domain/decimal.ts';
import { parseBody } from '../../sources/document.ts';
import { isJsonObject, type JsonValue } from '../../sources/json-value.ts';
import { decimalIn, type MoneyField, orgOf, textIn } from './cents.ts';
import type { KeptWorld } from './kept-world.ts';

type Body = { [key: string]: JsonValue };

export interface BodyAt {
  readonly owner: Body;
  readonly path: string;
}

const PERIOD = /\/contracts\/([^/?]+)\/billingperiods\/([^/?]+)$/;
const CONTRACT = /\/contracts\/([^/?]+)/;

const objectsIn = (list: JsonValue | undefined): Body[] => (Array.isArray(list) ? list.filter(isJsonObject) : []);

export class WorldBodies {
  readonly #roots: ReadonlyMap<string, Body>;
  readonly charges: readonly BodyAt[];
  /** Of the usage API: rows that are no allowances and break nothing down. */
  readonly rows: readonly BodyAt[];
  readonly #allowances: readonly BodyAt[];

  constructor({ answers }: KeptWorld) {
    const roots = answers.map(({ path, outcome }): readonly [string, Body] => {
      const read = parseBody(outcome.body);
      return [path, 'fault' in read || !isJsonObject(read.exact) ? {} : read.exact];
    });
    this.#roots = new Map(roots);
    const of = (at: RegExp, list: string): BodyAt[] =>
      roots.flatMap(([path, root]) => (at.test(path) ? objectsIn(root[list]).map((owner) => ({ owner, path })) : []));
    this.charges = of(PERIOD, 'charges');
    const usages = of(/^\/v1\/regions\/[^/?]+\/organizations\/[^/?]+/, 'usages');
    const grouping = ({ owner }: BodyAt): string => textIn(owner['grouping']);
    this.rows = usages.filter((row) => grouping(row) !== 'fair-use' && grouping(row) !== 'rollup-usage');
    this.#allowances = usages.filter((row) => grouping(row) === 'fair-use');
  }

  contractIdIn = (path: string): string => textIn(CONTRACT.exec(path)?.[1]);

  /** Of a plan item in a listing or in a contract by id. */
  contractIdOf({ path, around }: MoneyField): string {
    return this.contractIdIn(path) || textIn(around[1]?.['id']);
  }

  /** Days of the billing period that a path asks for, as stated. */
  spanOf(path: string): { readonly start: string; readonly end: string } | null {
    const [, , id = ''] = PERIOD.exec(path) ?? [];
    const listed = objectsIn(this.#contract(path)['billingPeriods']);
    const period = listed.find((one) => textIn(one['id']) === textIn(id)) ?? this.#roots.get(path) ?? {};
    const [start, end] = [textIn(period['dateStart']), textIn(period['dateEnd'])];
    return start === '' || end === '' ? null : { start, end };
  }

  /** Plans of the contract that a path names. */
  plansOf(path: string): readonly Body[] {
    return objectsIn(this.#contract(path)['plans']);
  }

  #contract(path: string): Body {
    const id = this.contractIdIn(path);
    for (const [other, root] of this.#roots) {
      if (/\/contracts\/[^/?]+$/.test(other) && this.contractIdIn(other) === id) return root;
    }
    return {};
  }

  /** Partner billing counts its periods back from the open one. */
  isOpenPeriod = (path: string): boolean => /billingPeriodIndex=0(?!\d)/.test(path);

  /** A trial or a ramp: legacy may bill nothing for the use. */
  mayBeFree(org: string): boolean {
    return [...this.#roots].some(
      ([path, root]) =>
        orgOf(path) === org &&
        (textIn(root['subscriptionType']).includes('trial') ||
          root['inRampPeriod'] === true ||
          'rampPeriodStartDate' in root),
    );
  }

  /** Of the `fair-use` row beside a usage row: its commitment, else its use. */
  allowanceOf({ owner, path }: BodyAt): Decimal {
    const row = this.#allowances.find(
      (one) => one.path === path && textIn(one.owner['name']) === textIn(owner['name']),
    );
    const committed = decimalIn(row?.owner['prepayQuantity']) ?? ZERO;
    return isZero(committed) ? (decimalIn(row?.owner['usageQuantity']) ?? ZERO) : committed;
  }
}
