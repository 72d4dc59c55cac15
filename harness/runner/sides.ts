/** Where each side's answers come from in this run: live servers, the embedded sandbox, or a snapshot. */

import { snapshotFolder } from '../archive/locate.ts';
import { HarnessError } from '../domain/errors.ts';
import type { Transport } from '../domain/exchange.ts';
import type { RunListener } from '../domain/run-event.ts';
import { type Origin, SIDE_OF, type Side, type SourceName } from '../domain/side.ts';
import { bySource } from '../http/by-source.ts';
import { createLiveTransport, type LiveTransport, type SourceAccess } from '../http/live-transport.ts';
import { observed } from '../http/observed.ts';
import { readManifest } from '../http/recording/manifest.ts';
import { replaying } from '../http/recording/replaying.ts';
import { openSnapshot } from '../http/recording/snapshot.ts';
import type { RunningSandbox } from '../sandbox/index.ts';
import type { LegacyAccess, SandboxChoice, Scenario } from '../scenario/scenario.ts';
import type { RunOptions, SideOrigin } from './options.ts';

export interface OpenSides {
  /** Sources that stand on the legacy side of this run; empty when the contract side is looked at alone. */
  readonly legacySources: readonly SourceName[];
  /** Asks servers; sources that come from a snapshot are not among its own. */
  readonly live: Transport;
  readonly replay: Readonly<Partial<Record<SourceName, Transport>>>;
  readonly kinds: { readonly legacy: Origin | null; readonly contract: Origin };
  /** Origins that are asked (or were, when the snapshot was recorded), by source. */
  readonly origins: Readonly<Record<string, string>>;
  readonly sandbox: RunningSandbox | null;
  /** A client without permission for the contract API is known. */
  readonly restricted: boolean;
  /** Names of the files that the contract side stands in; left out: it answers requests. */
  readonly files?: readonly string[];
  close(): Promise<void>;
}

export interface OpenSidesInput {
  readonly scenario: Scenario;
  readonly options: Pick<RunOptions, 'legacy' | 'contract'>;
  /** False for `validate`: the legacy side is not asked. */
  readonly withLegacy: boolean;
  readonly listen: RunListener;
  readonly signal: AbortSignal;
}

/**
 * @param input its snapshots are those that `settleSides` found
 * @throws HarnessError `configuration` if the scenario does not say how to reach a side; snapshot errors.
 */
export async function openSides(input: OpenSidesInput): Promise<OpenSides> {
  const { scenario, options, withLegacy } = input;
  const byDefault: SideOrigin = { kind: scenario.sandbox === null ? 'live' : 'sandbox' };
  const legacy = withLegacy ? (options.legacy ?? byDefault) : null;
  const contract = options.contract ?? byDefault;
  const legacySources = legacy === null ? [] : namedSources(scenario.legacy);
  const sandbox = legacy?.kind === 'sandbox' || contract.kind === 'sandbox' ? await openSandbox(scenario) : null;
  const access: Partial<Record<SourceName, SourceAccess>> = {};
  const replay: Partial<Record<SourceName, Transport>> = {};
  const origins: Record<string, string> = {};
  const settle = async (source: SourceName, origin: SideOrigin): Promise<void> => {
    if (origin.kind === 'snapshot') {
      const snapshot = await openSnapshot(origin.dir);
      replay[source] = observed(replaying(snapshot, [source]), input.listen, true);
      origins[source] = snapshot.meta.origins[source] ?? 'unknown';
      return;
    }
    const found = origin.kind === 'sandbox' ? sandboxAccess(sandbox, source) : liveAccess(scenario, source);
    access[source] = found;
    origins[source] = found.origin;
  };
  for (const source of legacySources) await settle(source, legacy ?? byDefault);
  await settle('contract-api', contract);
  const live = createLiveTransport({
    sources: access,
    limits: scenario.limits,
    maxBodyBytes: scenario.limits.maxBodyMegabytes * 1024 * 1024,
    onEvent: input.listen,
    signal: input.signal,
  });
  return {
    legacySources,
    live: observed(live, input.listen, false),
    replay,
    kinds: { legacy: legacy?.kind ?? null, contract: contract.kind },
    origins,
    sandbox,
    restricted: contract.kind === 'snapshot' || access['contract-api']?.restricted !== undefined,
    close: () => closeAll(live, sandbox),
  };
}

/**
 * The same options, with the folder of each snapshot in place of that of its run. Looks at all that can be known of a side
 * before anything is written or sent.
 * @throws HarnessError `usage` if a folder holds no snapshot, or one without a source that is to be answered from it;
 *   `configuration` if the scenario does not say how to reach a side
 */
export async function settleSides<T extends OpenSidesInput['options']>(
  scenario: Scenario,
  options: T,
  withLegacy: boolean,
): Promise<T> {
  const settle = async (origin: SideOrigin | null, sources: readonly SourceName[]): Promise<SideOrigin | null> => {
    if (origin?.kind === 'snapshot') return located(origin, sources);
    const kind = origin?.kind ?? (scenario.sandbox === null ? 'live' : 'sandbox');
    if (kind === 'sandbox') choiceOf(scenario);
    else for (const source of sources) liveAccess(scenario, source);
    return origin;
  };
  return {
    ...options,
    legacy: withLegacy ? await settle(options.legacy, namedSources(scenario.legacy)) : options.legacy,
    contract: await settle(options.contract, ['contract-api']),
  };
}

async function located(origin: SideOrigin & { kind: 'snapshot' }, sources: readonly SourceName[]): Promise<SideOrigin> {
  const dir = await snapshotFolder(origin.dir);
  const origins = (await readManifest(dir))?.origins;
  const missing = origins === undefined ? undefined : sources.find((source) => origins[source] === undefined);
  if (origins === undefined || missing === undefined) return { kind: 'snapshot', dir };
  throw new HarnessError('usage', `${dir} holds nothing of ${missing}`, {
    hint: `It has: ${Object.keys(origins).join(', ') || 'nothing'}. Choose another snapshot, or take ${missing} out of the scenario.`,
  });
}

/** Every source by its own way: replayed where the side comes from a snapshot, asked otherwise. */
export const allSources = ({ live, replay }: OpenSides): Transport =>
  bySource({ 'usage-api': live, 'partner-billing': live, 'contract-api': live, ...replay });

/** A sandbox scenario that names no legacy API is served both. */
function namedSources(legacy: LegacyAccess | null): SourceName[] {
  if (legacy === null) return ['usage-api', 'partner-billing'];
  const named: SourceName[] = [];
  if (legacy.usageApi !== null) named.push('usage-api');
  if (legacy.partnerBilling !== null) named.push('partner-billing');
  return named;
}

function choiceOf(scenario: Scenario): SandboxChoice {
  if (scenario.sandbox !== null) return scenario.sandbox;
  throw new HarnessError('configuration', `${scenario.name} has no sandbox section`, {
    hint: 'Add `sandbox: { seed: 42, orgs: 40, defects: none }` to the scenario, or ask live servers or a snapshot.',
  });
}

async function openSandbox(scenario: Scenario): Promise<RunningSandbox> {
  const { shapes, clothes, today, apiVersion, usagePrices, ...choice } = choiceOf(scenario);
  const { startSandbox } = await import('../sandbox/index.ts');
  return startSandbox({
    ...choice,
    ...(shapes === null ? {} : { shapes }),
    ...(clothes === null ? {} : { clothes }),
    ...(today === null ? {} : { today }),
    ...(apiVersion === null ? {} : { apiVersion }),
    ...(usagePrices === undefined ? {} : { usagePrices }),
  });
}

function sandboxAccess(sandbox: RunningSandbox | null, source: SourceName): SourceAccess {
  if (sandbox === null) throw new Error('the sandbox was not started');
  if (source === 'usage-api') {
    return { origin: sandbox.url, auth: { kind: 'api-key', header: 'x-api-key', key: sandbox.apiKey } };
  }
  const { url: loginUrl, clientId, clientSecret, restricted } = sandbox;
  return {
    origin: sandbox.url,
    auth: { kind: 'oauth', loginUrl, clientId, clientSecret },
    restricted: { kind: 'oauth', loginUrl, ...restricted },
  };
}

function liveAccess(scenario: Scenario, source: SourceName): SourceAccess {
  if (source === 'usage-api' && scenario.legacy?.usageApi) {
    const { baseUrl, apiKey } = scenario.legacy.usageApi;
    return { origin: baseUrl, auth: { kind: 'api-key', header: 'x-api-key', key: apiKey } };
  }
  const platform = source === 'partner-billing' ? (scenario.legacy?.partnerBilling ?? null) : scenario.contract;
  if (source === 'usage-api' || platform === null) throw unreachable(scenario, source);
  const { apiUrl, loginUrl, clientId, clientSecret } = platform;
  const restricted = source === 'contract-api' ? (scenario.contract?.withoutPermission ?? null) : null;
  return {
    origin: apiUrl,
    auth: { kind: 'oauth', loginUrl, clientId, clientSecret },
    ...(restricted === null ? {} : { restricted: { kind: 'oauth', loginUrl, ...restricted } }),
  };
}

const unreachable = (scenario: Scenario, source: SourceName): HarnessError => {
  const side: Side = SIDE_OF[source];
  return new HarnessError('configuration', `${scenario.name} does not say how to reach ${source}`, {
    hint: `Add it under \`${side}:\` in the scenario, or take that side from --${side} sandbox or snapshot:DIR.`,
  });
};

async function closeAll(live: LiveTransport, sandbox: RunningSandbox | null): Promise<void> {
  await live.close();
  await sandbox?.close();
}
