/**
 * Seeds of the sandbox's second world, over real HTTP in this process: as it is and with variants at random nothing may be reported;
 * with variants and with one defect hidden that must be found, and nothing else.
 */
import fc from 'fast-check';
import { detect, type Hidden } from '../harness/runner/testing/detect.ts';
import { score } from '../harness/runner/testing/score.ts';
import { DEFECTS } from '../harness/sandbox/defects/registry.ts';
import { SPELLING_IDS } from '../harness/sandbox/world/spellings.ts';

export const WAYS = ['as it is', 'dressed', 'dressed, one defect'] as const;
export type Way = (typeof WAYS)[number];

export interface WorldTried {
  readonly seed: number;
  readonly way: Way;
  readonly clothes: readonly string[];
  /** Null: none is hidden. */
  readonly defect: string | null;
  /** What is reported though nothing of the kind is hidden, what is missed, wrong causes, books that do not balance. */
  readonly wrong: readonly string[];
}

export interface WorldsChoice {
  readonly seeds: readonly number[];
  /** Organisations in each world. */
  readonly orgs: number;
  readonly ways?: readonly Way[];
  /** Told of each one. */
  readonly onTried?: (tried: WorldTried) => void;
}

export async function tryWorlds({ seeds, orgs, ways = WAYS, onTried }: WorldsChoice): Promise<WorldTried[]> {
  const found: WorldTried[] = [];
  for (const seed of seeds) {
    for (const way of ways) {
      const tried = await tryWorld(seed, orgs, way);
      found.push(tried);
      onTried?.(tried);
    }
  }
  return found;
}

const REQUESTS = DEFECTS.flatMap(({ id, variants }) => variants?.map((variant) => `${id}[${variant}]`) ?? [id]);

/** The same for a seed each time. */
const drawn = <T>(arbitrary: fc.Arbitrary<T>, seed: number): T[] => fc.sample(arbitrary, { seed, numRuns: 1 });

async function tryWorld(seed: number, orgs: number, way: Way): Promise<WorldTried> {
  const clothes = way === 'as it is' ? [] : (drawn(fc.subarray([...SPELLING_IDS]), seed)[0] ?? []);
  const choice: Hidden = { seed, orgs, shapes: 'rare', clothes, defects: 'none' };
  if (way !== 'dressed, one defect') return tell(way, choice, null);
  const [order = []] = drawn(fc.shuffledSubarray(REQUESTS, { minLength: REQUESTS.length }), seed);
  for (const defect of order) {
    const tried = await unlessNoRoom(() => tell(way, { ...choice, defects: [defect] }, defect));
    if (tried !== null) return tried;
  }
  throw new Error(`the world of seed ${seed} has room for no defect`);
}

async function tell(way: Way, choice: Hidden, defect: string | null): Promise<WorldTried> {
  const detected = await detect(choice);
  const { missed, causesWrong, falseAlarms } = score(detected);
  const mismatches = detected.findings.filter(({ status }) => status === 'mismatch');
  const alarms = falseAlarms === 0 ? [] : mismatches.map(({ rule, orgs, sku }) => wordsOf('reported', rule, orgs, sku));
  const unbalanced = detected.judgement.tieOut.flatMap(({ currency, residual }) =>
    residual === '0' ? [] : [`residual of ${residual} ${currency}`],
  );
  const { seed, clothes = [] } = choice;
  return {
    seed,
    way,
    clothes: Array.isArray(clothes) ? clothes : [],
    defect,
    wrong: [...alarms, ...missed.map((one) => `missed ${one}`), ...causesWrong, ...unbalanced],
  };
}

const wordsOf = (what: string, rule: string, orgs: readonly { readonly id: string }[], sku: string | null): string =>
  `${what} ${rule} of ${orgs.map(({ id }) => id).join(' and ') || 'nobody'} ${sku ?? ''}`.trim();

/** Null: the world has no place for the defect. */
async function unlessNoRoom<T>(attempt: () => Promise<T>): Promise<T | null> {
  try {
    return await attempt();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'usage') return null;
    throw error;
  }
}
