/** One run against the embedded sandbox over real HTTP, up to its judgement: what was hidden beside what was found. */
import path from 'node:path';
import type { Finding } from '../../domain/run-result.ts';
import type { Judgement } from '../../domain/verdict.ts';
import { toFindings } from '../../report/json/findings.ts';
import type { InjectedDefect } from '../../sandbox/index.ts';
import { loadScenario } from '../../scenario/load.ts';
import { SideCapture } from '../capture/side-capture.ts';
import { judgeSides } from '../judge-sides.ts';
import { openSides } from '../sides.ts';

export interface Detected {
  readonly hidden: readonly InjectedDefect[];
  readonly findings: readonly Finding[];
  readonly judgement: Judgement;
}

export interface Hidden {
  readonly seed: number;
  readonly orgs: number;
  readonly defects: readonly string[] | 'all' | 'none';
  /** Left out: the usual ones. */
  readonly shapes?: 'usual' | 'rare';
  readonly clothes?: readonly string[] | 'all' | 'none';
}

/** Scenarios that map what each kind of world sells. */
export const SCENARIOS = {
  usual: path.resolve(import.meta.dirname, '../../../scenarios/sandbox.yaml'),
  rare: path.resolve(import.meta.dirname, 'rare-shapes.yaml'),
} as const;

export async function detect(choice: Hidden): Promise<Detected> {
  const { seed, orgs, defects, shapes = 'usual', clothes = null } = choice;
  const loaded = await loadScenario(SCENARIOS[shapes], { env: {} });
  const sandbox = { seed, orgs, defects, shapes, clothes, today: null, faults: [], apiVersion: null };
  const scenario = { ...loaded.scenario, sandbox };
  const listen = (): void => undefined;
  const options = {
    out: null,
    legacy: null,
    contract: null,
    record: null,
    resume: false,
    reporters: null,
    shard: null,
  };
  const signal = new AbortController().signal;
  const sides = await openSides({ scenario, options, withLegacy: true, listen, signal });
  try {
    const { live: transport, legacySources } = sides;
    const capture = new SideCapture({ scenario, legacySources, transport, shard: null, plan: () => undefined });
    const { judgement } = await judgeSides(capture, loaded.policy, listen);
    return { hidden: sides.sandbox?.defects ?? [], findings: toFindings(judgement, () => null), judgement };
  } finally {
    await sides.close();
  }
}
