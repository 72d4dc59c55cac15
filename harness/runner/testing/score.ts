/** What a detection run is worth: recall, false alarms, and whether each named cause is the right one. */
import type { InjectedDefect } from '../../sandbox/index.ts';
import { detectionScore } from '../detection-score.ts';
import type { Detected } from './detect.ts';

export interface Score {
  readonly hidden: number;
  readonly found: number;
  readonly missed: readonly string[];
  readonly falseAlarms: number;
  /** Causes that three places and more make due. */
  readonly causesDue: number;
  readonly causesUnnamed: readonly string[];
  /** Findings that are put down to a cause which nothing hidden there has. */
  readonly causesWrong: readonly string[];
}

const ENOUGH_PLACES = 3;

export function score({ hidden, findings, judgement }: Detected): Score {
  const score = detectionScore(hidden, findings, judgement.outsideCoverage);
  const named = new Set(judgement.rootCauses.map(({ id }) => id));
  const due = causesDue(hidden);
  const wrong = findings.flatMap(({ id, rule, orgs, rootCause }) => {
    if (rootCause === null) return [];
    const here = hidden.filter((defect) => orgs.some((org) => defect.orgs.includes(org.id)));
    return here.some(({ cause }) => cause === rootCause) ? [] : [`${rootCause} for ${rule} (${id})`];
  });
  return {
    hidden: score.hidden,
    found: score.found,
    missed: score.missed,
    falseAlarms: score.falseAlarms,
    causesDue: due.length,
    causesUnnamed: due.filter((cause) => !named.has(cause)),
    causesWrong: wrong,
  };
}

function causesDue(hidden: readonly InjectedDefect[]): string[] {
  const places = new Map<string, number>();
  for (const { cause } of hidden) if (cause !== null) places.set(cause, (places.get(cause) ?? 0) + 1);
  return [...places].filter(([, count]) => count >= ENOUGH_PLACES).map(([cause]) => cause);
}
