/** Asks both sides what it takes to propose a scenario: who is there, what they hold, and how each side says it. */
import { parse } from 'lossless-json';
import type { CaptureFailure } from '../../domain/capture.ts';
import type { ContractSide } from '../../domain/contract-side.ts';
import { HarnessError } from '../../domain/errors.ts';
import type { Exchange, Transport } from '../../domain/exchange.ts';
import { type LegacySide, NO_LEGACY } from '../../domain/legacy-side.ts';
import type { RunListener } from '../../domain/run-event.ts';
import type { Shard } from '../../domain/shard.ts';
import { orgId, type SourceName } from '../../domain/side.ts';
import type { LoadedScenario, Scenario } from '../../scenario/scenario.ts';
import { captureListings } from '../../sources/contract-api/capture.ts';
import { outlinesOf } from '../../sources/contract-api/outline.ts';
import { Cursor } from '../../sources/cursor.ts';
import type { JsonValue } from '../../sources/json-value.ts';
import { SideCapture } from '../capture/side-capture.ts';
import { listOrganisations } from '../listing.ts';
import type { RunOptions } from '../options.ts';
import { allSources, type OpenSides, openSides, settleSides } from '../sides.ts';
import { type FieldFindings, proposeFields, type UsageAnswer } from './fields.ts';
import { heldInContracts, heldInLegacy } from './holdings.ts';
import { type Mapping, proposeMapping } from './mapping.ts';

export interface SampledSides {
  readonly legacy: LegacySide | null;
  readonly contract: ContractSide;
  readonly legacySources: readonly SourceName[];
  /** Origins that were asked, by source. */
  readonly origins: Readonly<Record<string, string>>;
  readonly mapping: Mapping;
  readonly fields: FieldFindings;
  /** Organisations that legacy lists, those looked at among them; null: only as many as were asked for are known. */
  readonly known: number | null;
  /** What could not be asked or read. */
  readonly failures: readonly CaptureFailure[];
}

export interface SampleInput {
  /** Its organisations are found, whatever it says of them, unless only partner billing tells of legacy. */
  readonly loaded: LoadedScenario;
  readonly options: Pick<RunOptions, 'legacy' | 'contract'>;
  readonly listen: RunListener;
  readonly signal: AbortSignal;
  /** Of more organisations than these a share is looked at. */
  readonly sample: number;
}

const NO_FIELDS: FieldFindings = { proposals: [], unknown: [] };

/** @throws HarnessError `usage`, `configuration` if a side cannot be opened; `interrupted`, `snapshot-*` */
export async function sampleSides({
  loaded,
  options: asked,
  listen,
  signal,
  sample,
}: SampleInput): Promise<SampledSides> {
  const withLegacy = loaded.scenario.legacy !== null || loaded.scenario.sandbox !== null;
  const options = await settleSides(loaded.scenario, asked, withLegacy);
  const sides = await openSides({ scenario: loaded.scenario, options, withLegacy, listen, signal });
  try {
    const transport = new KeepingTransport(allSources(sides));
    const { scenario, known } = await withOrganisations(loaded, sides, transport, { options, signal });
    const shard = known !== null && known > sample ? { index: 1, of: Math.ceil(known / sample) } : null;
    const first = await capture(scenario, sides, transport, shard, listen);
    const { legacySources } = sides;
    const isUsage = legacySources.includes('usage-api');
    const fields = isUsage
      ? proposeFields(transport.usageAnswers(first.contract), first.contract, scenario.appIds)
      : NO_FIELDS;
    const renamed = fields.proposals.flatMap(({ field, wire }) => (wire === null ? [] : [[field, wire] as const]));
    const read =
      renamed.length === 0
        ? first
        : await capture(withFields(scenario, Object.fromEntries(renamed)), sides, transport, shard, listen);
    const { legacy, contract } = read;
    const side = legacy ?? NO_LEGACY;
    return {
      legacy,
      contract,
      legacySources,
      origins: sides.origins,
      mapping: proposeMapping(heldInLegacy(side), heldInContracts(contract, side)),
      fields,
      known,
      failures: [...(legacy?.failures ?? []), ...contract.failures],
    };
  } finally {
    await sides.close();
  }
}

/** By the usage API everybody can be discovered; partner billing must be told whom to tell of, and the contracts name them. */
async function withOrganisations(
  loaded: LoadedScenario,
  sides: OpenSides,
  transport: Transport,
  { options, signal }: { readonly options: SampleInput['options']; readonly signal: AbortSignal },
): Promise<{ readonly scenario: Scenario; readonly known: number | null }> {
  const { scenario } = loaded;
  if (sides.legacySources.includes('usage-api')) {
    const isSampled = sides.kinds.legacy === 'live';
    const known = isSampled
      ? new Set((await listOrganisations(loaded, options, signal)).map(({ id }) => id)).size
      : null;
    return { scenario: { ...scenario, orgs: null }, known };
  }
  if (!sides.legacySources.includes('partner-billing')) return { scenario, known: null };
  const listings = await captureListings({ transport, plan: () => undefined }, 'none');
  const bodies = listings.contracts.entries.map(({ id, entity }) => ({ contractId: id, bodies: [entity] }));
  const { contracts } = outlinesOf(bodies, scenario.periodEnd);
  const named = contracts.flatMap(({ plans }) => plans).flatMap(({ orgs }) => orgs);
  const byId = new Map(named.map((org) => [orgId(org.id), org.name]));
  const orgs = [...byId]
    .map(([id, name]) => ({ id, name, region: UNKNOWN_REGION }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  return { scenario: { ...scenario, orgs }, known: orgs.length };
}

/** Partner billing is asked without a region. */
const UNKNOWN_REGION = 'us-east-1';

/** A recording of closed periods holds nothing of the open one. */
async function capture(
  scenario: Scenario,
  sides: OpenSides,
  transport: Transport,
  shard: Shard | null,
  listen: RunListener,
): Promise<{ readonly legacy: LegacySide | null; readonly contract: ContractSide }> {
  const { legacySources } = sides;
  const plan = (source: SourceName, count: number): void => listen({ type: 'requests-planned', source, count });
  const asked = (period: Scenario['period']) =>
    new SideCapture({ scenario: { ...scenario, period }, legacySources, transport, shard, plan }).first();
  try {
    return await asked({ kind: 'open' });
  } catch (error) {
    if (!(error instanceof HarnessError) || error.code !== 'snapshot-missing') throw error;
    return asked({ kind: 'last-closed' });
  }
}

function withFields(scenario: Scenario, fields: Readonly<Record<string, string>>): Scenario {
  const { legacy } = scenario;
  const usageApi = legacy?.usageApi ?? null;
  if (legacy === null || usageApi === null) return scenario;
  return { ...scenario, legacy: { ...legacy, usageApi: { ...usageApi, fields } } };
}

/** Each request once: what was read by some names of fields is read again by others. */
class KeepingTransport implements Transport {
  readonly #inner: Transport;
  readonly #kept = new Map<string, Promise<Exchange>>();

  constructor(inner: Transport) {
    this.#inner = inner;
  }

  send(request: Parameters<Transport['send']>[0]): Promise<Exchange> {
    const key = `${request.source} ${request.path} ${request.reading ?? 0}`;
    const known = this.#kept.get(key) ?? this.#inner.send(request);
    this.#kept.set(key, known);
    this.#seen(request.source, known);
    return known;
  }

  readonly #usage = new Map<string, Exchange>();

  #seen(source: SourceName, exchange: Promise<Exchange>): void {
    if (source !== 'usage-api') return;
    exchange.then(
      (one) => this.#usage.set(one.path, one),
      () => undefined,
    );
  }

  /** The organisations' own answers that hold JSON. */
  usageAnswers({ lines }: ContractSide): UsageAnswer[] {
    const names = new Map(lines.flatMap(({ orgs }) => orgs.map(({ id, name }) => [id, name] as const)));
    return [...this.#usage.values()].flatMap(({ id, path, outcome }) => {
      const asked = /\/organizations\/([^/?]+)/.exec(path)?.[1];
      if (asked === undefined || outcome.kind !== 'answer' || outcome.status !== 200) return [];
      const own = orgId(decodeURIComponent(asked));
      const body = parsed(outcome.body);
      if (body === undefined) return [];
      return [{ orgId: own, orgName: names.get(own) ?? null, root: new Cursor(body, { exchange: id, pointer: '' }) }];
    });
  }
}

function parsed(body: string): JsonValue | undefined {
  try {
    return parse(body) as JsonValue;
  } catch {
    return undefined;
  }
}
