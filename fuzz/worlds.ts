/** The clean runs whose bodies are changed: small worlds of the sandbox, captured once over real HTTP and then held in memory. */
import path from 'node:path';
import type { Exchange, Transport } from '../harness/domain/exchange.ts';
import type { SourceName } from '../harness/domain/side.ts';
import { requestId } from '../harness/http/exchange-id.ts';
import { openSides } from '../harness/runner/sides.ts';
import { loadScenario } from '../harness/scenario/load.ts';
import type { LoadedScenario } from '../harness/scenario/scenario.ts';
import { type Corpus, corpusOf } from './corpus.ts';
import { judge } from './judge.ts';

export interface WorldChoice {
  readonly name: string;
  readonly seed: number;
  readonly orgs: number;
  readonly shapes: 'usual' | 'rare';
  readonly period: 'open' | 'last-closed';
  readonly sources: readonly Exclude<SourceName, 'contract-api'>[];
}

const BOTH = ['usage-api', 'partner-billing'] as const;

/** Small, so that one change costs milliseconds; together they have every shape that the sandbox knows. */
export const WORLDS: readonly WorldChoice[] = [
  { name: 'usual, open', seed: 42, orgs: 8, shapes: 'usual', period: 'open', sources: BOTH },
  { name: 'usual, closed', seed: 7, orgs: 8, shapes: 'usual', period: 'last-closed', sources: ['partner-billing'] },
  { name: 'usual, usage API alone', seed: 11, orgs: 8, shapes: 'usual', period: 'open', sources: ['usage-api'] },
  { name: 'rare, open', seed: 42, orgs: 18, shapes: 'rare', period: 'open', sources: BOTH },
  { name: 'rare, closed', seed: 5, orgs: 18, shapes: 'rare', period: 'last-closed', sources: ['partner-billing'] },
];

const SCENARIOS = {
  usual: path.resolve('scenarios/sandbox.yaml'),
  rare: path.resolve('harness/runner/testing/rare-shapes.yaml'),
} as const;

/** A clean run: who is asked, under which policy, and every body that came. */
export interface CleanRun {
  readonly world: WorldChoice;
  readonly loaded: LoadedScenario;
  readonly corpus: Corpus;
}

/** Asks everything once. Whether a family of the world is clean is looked at family by family. */
export async function captureWorld(world: WorldChoice): Promise<CleanRun> {
  const file = await loadScenario(SCENARIOS[world.shapes], { env: {} });
  const { seed, orgs, shapes } = world;
  const sandbox = {
    seed,
    orgs,
    shapes,
    defects: 'none',
    clothes: null,
    today: null,
    faults: [],
    apiVersion: null,
  } as const;
  const sides = await openSides({
    scenario: { ...file.scenario, sandbox },
    options: { legacy: null, contract: null },
    withLegacy: true,
    listen: () => undefined,
    signal: new AbortController().signal,
  });
  const kept = new Map<string, Exchange>();
  try {
    const transport: Transport = {
      async send(request) {
        const exchange = await sides.live.send(request);
        kept.set(requestId(request), exchange);
        return exchange;
      },
    };
    const everyone = { ...file, scenario: { ...file.scenario, sandbox } };
    const orgsToList = world.sources.includes('usage-api') ? null : await listed(everyone, transport);
    const loaded = chosen(everyone, world, orgsToList);
    kept.clear();
    await judge(loaded, world.sources, transport);
    return { world, loaded, corpus: corpusOf([...kept.values()]) };
  } finally {
    await sides.close();
  }
}

type Orgs = LoadedScenario['scenario']['orgs'];

/** Partner billing alone cannot say whom there is: whom the usage API lists is listed in the scenario. */
async function listed(loaded: LoadedScenario, transport: Transport): Promise<Orgs> {
  const { legacy } = await judge(loaded, ['usage-api'], transport);
  return (legacy?.regionListings ?? []).flatMap(({ region, members }) =>
    members.map(({ org }) => ({ id: org.id, region, name: org.name })),
  );
}

function chosen(loaded: LoadedScenario, { period }: WorldChoice, orgs: Orgs): LoadedScenario {
  const choice = { period: { kind: period }, orgs };
  return { ...loaded, scenario: { ...loaded.scenario, ...choice }, policy: { ...loaded.policy, ...choice } };
}
