/** A sandbox world asked once over real HTTP; its answers can then be judged again and again, with bodies changed on the way. */
import type { Answer, ApiRequest, Exchange, Transport } from '../../domain/exchange.ts';
import type { ComparisonPolicy } from '../../domain/policy.ts';
import type { Judgement } from '../../domain/verdict.ts';
import { requestId } from '../../http/exchange-id.ts';
import type { InjectedDefect } from '../../sandbox/index.ts';
import { loadScenario } from '../../scenario/load.ts';
import { type CapturedSides, SideCapture } from '../capture/side-capture.ts';
import { judgeSides } from '../judge-sides.ts';
import { openSides } from '../sides.ts';
import { type Hidden, SCENARIOS } from './detect.ts';

/** The body of one answer with status 200, changed or as it was. */
export type BodyChange = (exchange: Exchange & { readonly outcome: Answer }) => string;

export interface KeptWorld {
  /** Every answer with status 200 of the first readings, in the order of their ids. */
  readonly answers: readonly (Exchange & { readonly outcome: Answer })[];
  readonly hidden: readonly InjectedDefect[];
  readonly policy: Omit<ComparisonPolicy, 'today'>;
  sides(change?: BodyChange): Promise<CapturedSides>;
  /** @param batch organisations that are read before they are judged; left out: all */
  judge(change?: BodyChange, batch?: number): Promise<Judgement>;
  close(): Promise<void>;
}

const isAnswer = (exchange: Exchange): exchange is Exchange & { readonly outcome: Answer } =>
  exchange.outcome.kind === 'answer' && exchange.outcome.status === 200;

/** Asks for everything that a judgement of the world as it is asks for; what a changed world asks beyond that is asked when it comes. */
export async function keepWorld(choice: Hidden): Promise<KeptWorld> {
  const { seed, orgs, defects, shapes = 'usual', clothes = null } = choice;
  const loaded = await loadScenario(SCENARIOS[shapes], { env: {} });
  const sandbox = { seed, orgs, defects, shapes, clothes, today: null, faults: [], apiVersion: null };
  const scenario = { ...loaded.scenario, sandbox, checks: { listingDetail: 'full', invoices: 'all' } as const };
  const listen = (): void => undefined;
  const signal = new AbortController().signal;
  const options = { legacy: null, contract: null };
  const opened = await openSides({ scenario, options, withLegacy: true, listen, signal });
  const { live, legacySources, close } = opened;
  const kept = new Map<string, Promise<Exchange>>();
  const capture = (change: BodyChange | null, batch?: number): SideCapture => {
    const transport = change === null ? keeping(live, kept) : changing(keeping(live, kept), change);
    const parted = batch === undefined ? {} : { batch };
    return new SideCapture({ scenario, legacySources, transport, shard: null, plan: () => undefined, ...parted });
  };
  const judge = async (change: BodyChange | null, batch?: number): Promise<Judgement> => {
    const whole = () => capture(change);
    return (await judgeSides(capture(change, batch), loaded.policy, listen, whole)).judgement;
  };
  await judge(null);
  const exchanges = await Promise.all(kept.values());
  return {
    answers: exchanges.filter(isAnswer).sort((a, b) => (a.id < b.id ? -1 : 1)),
    policy: loaded.policy,
    hidden: opened.sandbox?.defects ?? [],
    sides: (change) => capture(change ?? null).first(),
    judge: (change, batch) => judge(change ?? null, batch),
    close,
  };
}

/** Each request is asked once. The world stands still, so a second reading says what the first one said. */
const keeping = (live: Transport, kept: Map<string, Promise<Exchange>>): Transport => ({
  async send(request) {
    const first = { ...request, reading: 0 };
    const id = requestId(first);
    const before = kept.get(id);
    const asked = before ?? live.send(first);
    kept.set(id, asked);
    return asReading(await asked, request);
  },
});

const asReading = (exchange: Exchange, request: ApiRequest): Exchange => ({
  ...exchange,
  id: requestId(request),
  reading: request.reading ?? 0,
});

const changing = (transport: Transport, change: BodyChange): Transport => ({
  async send(request) {
    const exchange = await transport.send(request);
    if (!isAnswer(exchange)) return exchange;
    return { ...exchange, outcome: { ...exchange.outcome, body: change(exchange) } };
  },
});
