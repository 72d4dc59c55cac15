/** What is said of a snapshot, on the terminal. */
import type { EndpointStats, SnapshotFault, SnapshotStats, Verification } from '../../domain/snapshot-facts.ts';
import { safeText } from '../words/safe-text.ts';
import { plainTable, trimmed } from './layout.ts';

const MOST_FAULTS = 20;

export function verificationText(found: Verification): string {
  const { dir, holds, lines, exchanges, answers, failures, digest, faults } = found;
  if (!holds) {
    const more = faults.length > MOST_FAULTS ? [`  … and ${faults.length - MOST_FAULTS} more`] : [];
    return `${[
      `✗ ${dir} does not hold`,
      ...faults.slice(0, MOST_FAULTS).map((fault) => `  ${faultText(fault)}`),
      ...more,
      `  ${lines.whole} of ${lines.found} lines are as they were written`,
    ].join('\n')}\n`;
  }
  const of = found.scenario === null ? '' : ` of ${safeText(found.scenario)}`;
  const notes = [
    ...(found.pseudonymised ? ['a pseudonymised copy'] : []),
    ...(found.encoding === 'gzip' ? ['compressed'] : []),
    ...(failures > 0 ? [`${failures} requests had no answer, and are recorded so`] : []),
  ];
  return `${[
    `✓ ${dir} holds: ${lines.found} lines read again, count, checksums and digest agree`,
    `  ${exchanges} exchanges${of}, begun ${found.createdAt}; ${answers} answers`,
    ...notes.map((note) => `  ${note}`),
    `  sha256 ${digest}`,
  ].join('\n')}\n`;
}

const faultText = ({ file, line, message }: SnapshotFault): string =>
  safeText(`${file}${line === null ? '' : `:${line}`}: ${message}`);

export function statsText(stats: SnapshotStats): string {
  const { organisations } = stats;
  const state = [stats.complete ? 'complete' : 'not complete', ...(stats.pseudonymised ? ['pseudonymised'] : [])];
  const table = plainTable(
    ['side', 'endpoint', 'statuses', 'exchanges', 'retries', 'bodies', 'median', 'slowest'],
    ['left', 'left', 'left', 'right', 'right', 'right', 'right', 'right'],
  );
  for (const one of stats.endpoints) table.push(row(one));
  return `${[
    `${stats.dir}: ${stats.exchanges} exchanges${stats.scenario === null ? '' : ` of ${safeText(stats.scenario)}`} (${state.join(', ')})`,
    `  organisations  ${organisations.all}: legacy names ${organisations.legacy}, contract ${organisations.contract}, both ${organisations.both}`,
    `  size           ${sizeText(stats.diskBytes)} on disk, ${sizeText(stats.bodyBytes)} of bodies`,
    `  time           ${stats.from === null ? 'none' : `${stats.from} to ${stats.to} (${span(stats.from, stats.to)})`}`,
    `  retries        ${stats.retries}, waited ${duration(stats.waitedMs)}; rate limited ${stats.rateLimited}; without an answer ${stats.failures}`,
    '',
    trimmed(table),
  ].join('\n')}\n`;
}

const row = (one: EndpointStats): string[] => [
  one.side,
  safeText(one.endpoint),
  Object.entries(one.statuses)
    .map(([status, count]) => `${status} ×${count}`)
    .join(' '),
  String(one.exchanges),
  String(one.retries),
  sizeText(one.bodyBytes),
  duration(one.durationMs.median),
  duration(one.durationMs.max),
];

const KIB = 1024;
const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

/** `1.6 MiB`. */
export function sizeText(bytes: number): string {
  let size = bytes;
  let unit = 0;
  while (size >= KIB && unit < UNITS.length - 1) {
    size /= KIB;
    unit += 1;
  }
  return `${unit === 0 ? size : size.toFixed(1)} ${UNITS[unit]}`;
}

const span = (from: string, to: string | null): string => duration(Date.parse(to ?? from) - Date.parse(from));

function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const seconds = ms / 1000;
  if (seconds < 120) return `${seconds.toFixed(1)} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
