/** What stands in place of an amount where no money is known to be at risk: never an all-clear that nobody can give. */
import type { RunResult } from '../../domain/run-result.ts';
import { isAlone } from '../words/common.ts';
import { nothingButWaived } from '../words/waived.ts';
import type { Triage } from './triage.ts';

export function noMoneyWords(result: RunResult, { blind, kind }: Triage): string {
  if (isAlone(result)) return 'not judged: only the contract side was looked at';
  if ((result.moneyUnknown ?? 0) > 0) return 'none that can be worked out';
  if (blind && kind !== 'agree') return 'not known, as not all could be looked at';
  const beyond = nothingButWaived(result);
  if (beyond !== null) return beyond;
  return kind === 'agree' && blind ? 'none in what could be looked at' : 'none';
}
