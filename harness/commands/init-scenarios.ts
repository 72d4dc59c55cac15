/** Which scenarios `parity init` writes: every night, and each closed billing cycle where legacy still tells of it. */
import path from 'node:path';
import { addDays, type IsoDate } from '../domain/billing-period.ts';
import { knownValue } from '../domain/figure.ts';
import type { SampledSides } from '../runner/proposal/sample-sides.ts';
import { scenarioText, variablesOf } from '../runner/proposal/scenario-text.ts';
import type { Found } from './init-access.ts';
import { shown } from './io.ts';

export interface NewFile {
  readonly path: string;
  readonly text: string;
  /** One that is there already is left as it is, and said to be. */
  readonly optional: boolean;
}

export interface ScenarioFiles {
  readonly nightly: string;
  /** Null: legacy tells of no closed period; `noCycles` says why. */
  readonly closed: string | null;
  /** Legacy's closed periods have to be recorded before they end. */
  readonly recorded: boolean;
  readonly noCycles: string | null;
  readonly variables: readonly string[];
  readonly all: readonly NewFile[];
  /** Sentences. */
  readonly open: readonly string[];
}

export interface FilesInput {
  /** Of the nightly scenario, in full. */
  readonly target: string;
  readonly found: Found;
  readonly sampled: SampledSides;
  readonly cutover: string | null;
  readonly nights: number;
  readonly cycles: number;
}

export function filesFor({ target, found, sampled, cutover, nights, cycles }: FilesInput): ScenarioFiles {
  const { access, appIds } = found;
  const stem = path.basename(target).replace(/\.ya?ml$/, '');
  const kind = cyclesOf(sampled);
  const closed = kind.way === 'none' ? null : closedPath(target, stem, kind.way);
  const plan = { access, appIds };
  const nightly = scenarioText(
    { ...plan, name: stem, period: 'open', readiness: { cutover, nights }, about: NIGHTLY_ABOUT },
    sampled,
  );
  const cycle =
    closed === null
      ? null
      : scenarioText(
          {
            ...plan,
            name: `${stem}-closed`,
            period: kind.way === 'recorded' ? 'recorded' : 'last-closed',
            readiness: { cutover, closedCycles: cycles },
            about: kind.way === 'recorded' ? recordedAbout(target, closed, kind.lastDay) : CLOSED_ABOUT,
          },
          sampled,
        );
  const variables = variablesOf(access);
  return {
    nightly: target,
    closed,
    recorded: kind.way === 'recorded',
    noCycles: kind.way === 'none' ? kind.because : null,
    variables,
    all: [
      { path: target, text: nightly.text, optional: false },
      ...(closed === null || cycle === null ? [] : [{ path: closed, text: cycle.text, optional: false }]),
      ...(variables.length === 0 ? [] : [exampleOf(target, variables)]),
    ],
    open: [...new Set([...nightly.open, ...(cycle?.open ?? [])])],
  };
}

/** A recorded one lies in a folder of its own: it needs a day, so that a bare `parity run` must not take it. */
const closedPath = (target: string, stem: string, way: 'asked' | 'recorded'): string =>
  path.join(path.dirname(target), ...(way === 'recorded' ? ['recorded'] : []), `${stem}-closed.yaml`);

type Cycles =
  | { readonly way: 'asked' }
  | { readonly way: 'recorded'; readonly lastDay: IsoDate }
  | { readonly way: 'none'; readonly because: string };

/** Partner billing tells of periods that have ended; the usage API of the running month alone. */
function cyclesOf({ legacy, legacySources }: SampledSides): Cycles {
  if (legacySources.length === 0) return { way: 'none', because: 'the legacy side is not asked.' };
  if (legacySources.includes('partner-billing')) return { way: 'asked' };
  const ends = new Set(
    (legacy?.subscriptions ?? []).map(({ periodEnd }) => knownValue(periodEnd)).filter((end) => end !== null),
  );
  const [lastDay] = ends;
  if (ends.size === 1 && lastDay !== undefined) return { way: 'recorded', lastDay };
  const why =
    ends.size === 0
      ? 'no billing period was seen'
      : `the billing periods end on ${ends.size} different days, so that no one recording holds them whole`;
  return {
    way: 'none',
    because: `the usage API tells of the running month only, and ${why}. With credentials of partner billing closed periods can be asked for.`,
  };
}

const NIGHTLY_ABOUT = [
  'What runs every night until the cutover: the open billing periods of everybody.',
  'Written by `parity init` from what both sides said; each product has the evidence for its mapping above it.',
];

const CLOSED_ABOUT = [
  'The billing periods that ended last, which must agree exactly: closed cycles in a row are what a cutover rests on.',
  'Written by `parity init` from what both sides said.',
];

const recordedAbout = (nightly: string, closed: string, lastDay: IsoDate): string[] => [
  'The usage API tells of the running month alone: legacy is recorded on the last day of the period, and held against the contract',
  'side once that has closed it. The periods seen end on the same day; this one on ' +
    `${lastDay}. In the evening of that day (UTC):`,
  `    parity record ${shown(nightly)} --out recorded/${lastDay}`,
  `and some days later, from ${addDays(lastDay, 2)} on:`,
  `    CLOSED_DAY=${lastDay} parity run ${shown(closed)} --legacy snapshot:recorded/${lastDay}`,
  'The contract credentials come from the environment: no .env lies beside this file.',
];

function exampleOf(target: string, variables: readonly string[]): NewFile {
  const about: Readonly<Record<string, string>> = {
    LEGACY_API_KEY: 'key of the legacy usage API (header x-api-key)',
    PARTNER_CLIENT_ID: 'OAuth client with affiliateOrganization:clientBilling:view',
    CONTRACT_CLIENT_ID: 'OAuth client of your own organisation with billing:subscription:view',
  };
  const lines = variables.flatMap((name) => [...(about[name] === undefined ? [] : [`# ${about[name]}`]), `${name}=`]);
  return {
    path: path.join(path.dirname(target), '.env.example'),
    text: `# Copy to .env beside the scenario, and never commit that copy. In CI set these as secrets.\n${lines.join('\n')}\n`,
    optional: true,
  };
}
