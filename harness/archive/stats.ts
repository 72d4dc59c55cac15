/** What a snapshot holds, in numbers. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { SIDE_OF, type Side, type SourceName } from '../domain/side.ts';
import type { EndpointStats, SnapshotStats } from '../domain/snapshot-facts.ts';
import { openSnapshot } from '../http/recording/snapshot.ts';
import { organisationsIn } from './organisations.ts';

interface Tally {
  readonly side: Side;
  readonly source: SourceName;
  readonly endpoint: string;
  readonly statuses: Map<string, number>;
  readonly durations: number[];
  retries: number;
  bodyBytes: number;
}

/** @throws HarnessError `snapshot-format` if the snapshot does not hold */
export async function snapshotStats(dir: string): Promise<SnapshotStats> {
  const snapshot = await openSnapshot(dir);
  const tallies = new Map<string, Tally>();
  const seen = { legacy: new Set<string>(), contract: new Set<string>() };
  const total = {
    waitedMs: 0,
    rateLimited: 0,
    failures: 0,
    from: Number.POSITIVE_INFINITY,
    to: Number.NEGATIVE_INFINITY,
  };
  for await (const exchange of snapshot.exchanges()) {
    const { outcome, attempts, source } = exchange;
    const tally = tallyFor(tallies, source, endpointOf(exchange.path));
    const status = outcome.kind === 'answer' ? String(outcome.status) : 'failed';
    tally.statuses.set(status, (tally.statuses.get(status) ?? 0) + 1);
    tally.durations.push(exchange.durationMs);
    tally.retries += Math.max(0, attempts.length - 1);
    if (outcome.kind === 'answer') tally.bodyBytes += Buffer.byteLength(outcome.body);
    else total.failures += 1;
    for (const attempt of attempts) {
      total.waitedMs += attempt.waitedMs;
      if (attempt.status === 429) total.rateLimited += 1;
    }
    const began = Date.parse(exchange.startedAt);
    total.from = Math.min(total.from, began);
    total.to = Math.max(total.to, began + exchange.durationMs);
    for (const id of organisationsIn(exchange)) seen[SIDE_OF[source]].add(id);
  }
  const endpoints = [...tallies.values()].map(endpointStats).sort(inOrder);
  const sum = (of: (one: EndpointStats) => number): number => endpoints.reduce((all, one) => all + of(one), 0);
  const { meta } = snapshot;
  return {
    dir: snapshot.dir,
    scenario: meta.scenario,
    complete: meta.complete,
    pseudonymised: meta.pseudonymised,
    exchanges: sum(({ exchanges }) => exchanges),
    failures: total.failures,
    retries: sum(({ retries }) => retries),
    waitedMs: total.waitedMs,
    rateLimited: total.rateLimited,
    organisations: {
      legacy: seen.legacy.size,
      contract: seen.contract.size,
      both: [...seen.legacy].filter((id) => seen.contract.has(id)).length,
      all: new Set([...seen.legacy, ...seen.contract]).size,
    },
    bodyBytes: sum(({ bodyBytes }) => bodyBytes),
    diskBytes: await sizeOf(path.join(snapshot.dir, meta.exchanges.file)),
    from: Number.isFinite(total.from) ? new Date(total.from).toISOString() : null,
    to: Number.isFinite(total.to) ? new Date(total.to).toISOString() : null,
    endpoints,
  };
}

const sizeOf = (file: string): Promise<number> =>
  stat(file).then(
    ({ size }) => size,
    () => 0,
  );

function tallyFor(tallies: Map<string, Tally>, source: SourceName, endpoint: string): Tally {
  const key = `${source} ${endpoint}`;
  const known = tallies.get(key);
  if (known !== undefined) return known;
  const fresh = {
    side: SIDE_OF[source],
    source,
    endpoint,
    statuses: new Map(),
    durations: [],
    retries: 0,
    bodyBytes: 0,
  };
  tallies.set(key, fresh);
  return fresh;
}

function endpointStats({ statuses, durations, ...rest }: Tally): EndpointStats {
  const sorted = [...durations].sort((a, b) => a - b);
  return {
    ...rest,
    exchanges: durations.length,
    statuses: Object.fromEntries([...statuses].sort(([a], [b]) => (a < b ? -1 : 1))),
    durationMs: { median: sorted[Math.floor((sorted.length - 1) / 2)] ?? 0, max: sorted.at(-1) ?? 0 },
  };
}

const inOrder = (a: EndpointStats, b: EndpointStats): number => {
  const [one, other] = [a, b].map(({ side, source, endpoint }) => `${side === 'legacy' ? 0 : 1} ${source} ${endpoint}`);
  return (one ?? '') < (other ?? '') ? -1 : 1;
};

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

/** What was asked, without whom it was asked about: `/api/v2/billing/contracts/{id}`. @param asked path and query */
const endpointOf = (asked: string): string =>
  asked
    .replace(/\?.*$/s, '')
    .replaceAll(UUID, '{id}')
    .replace(/^\/v1\/regions\/[^/]+/, '/v1/regions/{region}')
    .replace(
      /\/(organizations|trusteebillingoverview|billingperiods|contracts|invoices)\/(?!invoices|lines)[^/{]+/g,
      '/$1/{id}',
    );
