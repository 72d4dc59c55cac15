/** From bodies in files to a judgement of the contract side. */
import { compare } from '../../compare/compare.ts';
import { type IsoDate, parseDate } from '../../domain/billing-period.ts';
import type { ContractSide } from '../../domain/contract-side.ts';
import type { Transport } from '../../domain/exchange.ts';
import type { ComparisonPolicy, PeriodEndReading } from '../../domain/policy.ts';
import type { RunListener } from '../../domain/run-event.ts';
import type { Shape } from '../../domain/shape.ts';
import type { Judgement } from '../../domain/verdict.ts';
import { captureFiles } from '../../sources/contract-api/files/capture.ts';
import { normaliseContracts } from '../../sources/contract-api/normalise.ts';
import { timed } from '../timed.ts';

export interface JudgedFiles {
  readonly judgement: Judgement;
  readonly contract: ContractSide;
  readonly today: IsoDate;
}

export interface FilesInput {
  readonly names: readonly string[];
  readonly transport: Transport;
  readonly periodEnd: PeriodEndReading;
  readonly baseline: Shape | null;
}

export async function judgeFiles(
  { names, transport, periodEnd, baseline }: FilesInput,
  policy: Omit<ComparisonPolicy, 'today'>,
  listen: RunListener,
): Promise<JudgedFiles> {
  const today = parseDate(new Date().toISOString());
  if (today === null) throw new Error('an instant without a date');
  const capture = await timed('capture', listen, () => captureFiles(names, transport));
  const contract = normaliseContracts(capture.contracts, capture.periods, periodEnd, { baseline });
  const judged = await timed('compare', listen, async () => compare(null, contract, { ...policy, today }));
  return { judgement: { ...judged, notes: [...judged.notes, ...capture.notes] }, contract, today };
}
