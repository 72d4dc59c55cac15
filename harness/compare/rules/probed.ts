/** What was tried on purpose, under the rule that it is about. */
import type { ProbeNote } from '../../domain/capture.ts';
import { breaks, cannotSay } from './invariant-outcome.ts';
import type { Examination, Observer } from './invariant-scope.ts';
import { EQUAL } from './outcome.ts';
import type { Observation, Sides } from './rule.ts';

export function* probed(
  { contract }: Sides,
  rule: ProbeNote['rule'],
  examination: Examination,
  observer: Observer,
): Generator<Observation> {
  for (const note of contract.probes) {
    if (note.rule !== rule) continue;
    const { subject, holds, message, at } = note;
    const scope = examination.scope({ side: 'contract', subject });
    const statement = { value: null, raw: null, at, derivation: null };
    if (holds === true) yield observer.observe(scope, EQUAL);
    else if (holds === false) yield observer.observe(scope, breaks('contract', statement, null, message));
    else yield observer.observe(scope, cannotSay('contract', statement, message));
  }
}
