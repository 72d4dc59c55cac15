/** The baseline of the contract side's shape: `snapshots/<scenario>/shape.json`, committed with the scenario and agreed to by a review. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { HarnessError } from '../../domain/errors.ts';
import type { Shape } from '../../domain/shape.ts';
import { writeAtomically } from '../../report/atomic-write.ts';
import { SCHEMAS_OF_SDK } from '../../sources/contract-api/wire.ts';
import { folderFor } from '../folder/folder-for.ts';

export interface ShapeBaseline {
  readonly file: string;
  /** Null: there is none yet. */
  readonly shape: Shape | null;
}

const FORMAT = 1;

const count = z.int().min(0);
const kinds = z.array(
  z.enum(['whole number', 'number', 'text', 'date', 'instant', 'true or false', 'null', 'object', 'list']),
);
const baselineSchema = z.strictObject({
  version: z.literal(FORMAT),
  schemasOfSdk: z.string(),
  contractsPageMaximum: count.nullable(),
  types: z.record(
    z.string(),
    z.strictObject({
      at: z.string(),
      objects: count,
      fields: z.record(z.string(), z.strictObject({ seen: count, kinds })),
    }),
  ),
});

/** @throws HarnessError `configuration` for a file that cannot be read or is no baseline */
export async function readShapeBaseline(scenarioName: string): Promise<ShapeBaseline> {
  const file = path.join('snapshots', scenarioName, 'shape.json');
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return { file, shape: null };
    throw new HarnessError('configuration', `cannot read ${file}: ${(cause as Error).message}`, {
      cause,
      hint: 'Make it readable, or take it from version control again.',
    });
  }
  const read = baselineSchema.safeParse(parsed(text));
  if (read.success) {
    const { types, contractsPageMaximum } = read.data;
    return { file, shape: { types, contractsPageMaximum } };
  }
  const [issue] = read.error.issues;
  const place = issue === undefined || issue.path.length === 0 ? 'the file' : issue.path.join('.');
  throw new HarnessError('configuration', `${file} is no baseline of this release: ${place}: ${issue?.message ?? ''}`, {
    hint: 'Take it from version control again, or write it anew: remove it, and run with --update-shape.',
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @throws HarnessError `report-write` */
export async function writeShapeBaseline(file: string, { types, contractsPageMaximum }: Shape): Promise<void> {
  const baseline: z.input<typeof baselineSchema> = {
    version: FORMAT,
    schemasOfSdk: SCHEMAS_OF_SDK,
    contractsPageMaximum,
    types: Object.fromEntries(
      Object.entries(types).map(([name, { at, objects, fields }]) => [
        name,
        {
          at,
          objects,
          fields: Object.fromEntries(
            Object.entries(fields).map(([field, shape]) => [field, { seen: shape.seen, kinds: [...shape.kinds] }]),
          ),
        },
      ]),
    ),
  };
  await folderFor(path.dirname(file), 'the folder that parity is started in');
  await writeAtomically(file, [`${JSON.stringify(baseline, null, 2)}\n`]);
}
