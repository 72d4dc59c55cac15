/** Holds what a run saw of the contract side's shape against the baseline, and writes the baseline when it is asked to. */
import type { ContractSide } from '../../domain/contract-side.ts';
import type { Shape } from '../../domain/shape.ts';
import type { Judgement } from '../../domain/verdict.ts';
import { readShapeBaseline, type ShapeBaseline, writeShapeBaseline } from './baseline.ts';

/** Null: nobody looks at the shape in this run. */
export type ShapeWatch = ShapeBaseline | null;

export interface ShapeWish {
  readonly scenario: string;
  /** `validate` looks always; a run looks if there is a baseline, or one is to be written; a shard sees a part and never looks. */
  readonly always: boolean;
  readonly update: boolean;
  readonly part: boolean;
}

/** @throws HarnessError `configuration` for a baseline that cannot be read */
export async function openShapeWatch({ scenario, always, update, part }: ShapeWish): Promise<ShapeWatch> {
  if (part) return null;
  const baseline = await readShapeBaseline(scenario);
  return always || update || baseline.shape !== null ? baseline : null;
}

/** What the run has to say of the baseline itself, beside its drift. */
export function shapeNotes(watch: ShapeWatch, update: boolean): string[] {
  if (watch === null || watch.shape !== null || update) return [];
  return [`no baseline of the shape yet: --update-shape writes ${watch.file}, and later runs say what changed since`];
}

export interface ShapeUpdate {
  /** Written; empty if nothing was to be written. */
  readonly files: readonly string[];
  /** Why it was not written, if so. */
  readonly refusals: readonly string[];
}

export const NO_UPDATE: ShapeUpdate = { files: [], refusals: [] };

/**
 * Writes the baseline anew, if anything changed. From a capture with holes none is written: what could not be had would be gone.
 * @throws HarnessError `report-write`
 */
export async function updateShape(
  watch: ShapeWatch,
  contract: ContractSide,
  judgement: Judgement,
): Promise<ShapeUpdate> {
  const shape = contract.observed?.shape ?? null;
  if (watch === null || shape === null) return NO_UPDATE;
  if (contract.failures.length > 0) {
    const [first] = contract.failures;
    const refusal = `${watch.file} was not written: ${contract.failures.length} answers could not be had (${first?.message})`;
    return { files: [], refusals: [refusal] };
  }
  if (isUnchanged(watch.shape, contract, judgement)) return NO_UPDATE;
  await writeShapeBaseline(watch.file, over(watch.shape, shape));
  return { files: [watch.file], refusals: [] };
}

/** What this run did not ask for, or found no object of, stays as it was agreed to. */
const over = (before: Shape | null, now: Shape): Shape => ({
  types: Object.fromEntries(Object.entries({ ...before?.types, ...now.types }).sort(([a], [b]) => (a < b ? -1 : 1))),
  contractsPageMaximum: now.contractsPageMaximum ?? before?.contractsPageMaximum ?? null,
});

const isUnchanged = (before: Shape | null, { observed }: ContractSide, { drift }: Judgement): boolean =>
  before !== null && observed?.firstSeen.length === 0 && drift.every(({ severity }) => severity === undefined);
