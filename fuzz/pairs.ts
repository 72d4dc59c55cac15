/** Two changes at a time, at random: what each shows alone, both must show together. */
import fc from 'fast-check';
import type { Change } from './changes.ts';
import type { CleanFamily } from './clean.ts';
import { exemptionOf } from './exemptions.ts';
import type { Trace } from './trace.ts';

export interface PairsChoice {
  readonly families: readonly CleanFamily[];
  readonly seed: number;
  /** How long, in milliseconds. */
  readonly time: number;
}

/** Two changes that hide each other: each leaves a trace, both together leave none. */
export interface Hidden {
  readonly family: string;
  readonly changes: readonly [Change, Change];
  readonly trace: Trace;
}

export interface Pairs {
  readonly tried: number;
  readonly hidden: readonly Hidden[];
}

const isShown = (trace: Trace): boolean => trace !== 'none' && trace !== 'failed';

export async function tryPairs({ families, seed, time }: PairsChoice): Promise<Pairs> {
  const end = Date.now() + time;
  const hidden: Hidden[] = [];
  let tried = 0;
  for (let round = 0; Date.now() < end; round += 1) {
    const family = families[round % families.length];
    if (family === undefined) break;
    const alone = new Map<Change, boolean>();
    const shown = async (change: Change): Promise<boolean> => {
      const known = alone.get(change) ?? isShown(await family.traceOf([change]));
      alone.set(change, known);
      return known;
    };
    const found = new Set(hidden.map(({ changes }) => keyOf(changes)));
    const one = fc.constantFrom(...demanding(family));
    const property = fc.asyncProperty(fc.tuple(one, one), async (changes) => {
      fc.pre(isPair(changes) && !found.has(keyOf(changes)));
      fc.pre((await shown(changes[0])) && (await shown(changes[1])));
      tried += 1;
      return isShown(await family.traceOf(changes));
    });
    const slice = Math.min(end - Date.now(), SLICE);
    const result = await fc.check(property, {
      seed: seed + round,
      numRuns: Number.MAX_SAFE_INTEGER,
      interruptAfterTimeLimit: slice,
      markInterruptAsFailure: false,
      maxSkipsPerRun: Number.MAX_SAFE_INTEGER,
    });
    if (result.failed && result.counterexample !== null) {
      const [changes] = result.counterexample;
      hidden.push({ family: family.name, changes, trace: await family.traceOf(changes) });
    }
  }
  return { tried, hidden };
}

/** How long one family is tried before the next one has its turn. */
const SLICE = 30_000;

const demanding = (family: CleanFamily): Change[] =>
  family.changes().filter((change) => family.isCompared(change) && exemptionOf(change, family) === null);

const keyOf = (changes: readonly Change[]): string =>
  changes
    .map(({ pattern, kind }) => `${pattern} ${kind}`)
    .sort()
    .join(' + ');

const sideOf = ({ at }: Change): string => (at[0]?.exchange.startsWith('contract-api') ? 'contract' : 'legacy');

/** Changes of both sides may say the same new fact; and of a change within another one nothing is left. */
function isPair([a, b]: readonly [Change, Change]): boolean {
  const isWithin = (inner: Change, outer: Change): boolean => `${inner.pattern}/`.startsWith(`${outer.pattern}/`);
  return sideOf(a) === sideOf(b) && !isWithin(a, b) && !isWithin(b, a);
}
