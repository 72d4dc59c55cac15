/** Writes what `parity init` made: never over a file that is there. */
import { constants } from 'node:fs';
import { access, copyFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { HarnessError } from '../domain/errors.ts';
import { EXIT } from '../domain/verdict.ts';
import { folderFor } from '../runner/folder/folder-for.ts';
import type { NewFile } from './init-scenarios.ts';
import { type CommandIo, shown } from './io.ts';

/** Part of the package; dist/commands/ and harness/commands/ both lie two folders below it. */
const packaged = (name: string): string => fileURLToPath(new URL(`../../scenarios/${name}`, import.meta.url));

export interface Written {
  readonly written: readonly string[];
  /** There already, and left as they are. */
  readonly left: readonly string[];
}

/** @throws HarnessError `usage` */
export async function mustBeNew(file: string): Promise<void> {
  const isThere = await access(file).then(
    () => true,
    () => false,
  );
  if (isThere) throw isTaken(file);
}

const isTaken = (file: string): HarnessError =>
  new HarnessError('usage', `${shown(file)} is there already; nothing was written`, {
    hint: 'Name another file: parity init scenarios/my-other.yaml',
  });

/**
 * @param secrets what was typed, to be kept in `.env` beside the scenario
 * @throws HarnessError `usage` before anything is written if a file that must be new is there; `report-write`
 */
export async function writeAll(
  files: readonly NewFile[],
  secrets: { readonly target: string; readonly typed: Readonly<Record<string, string>> } | null,
): Promise<Written> {
  for (const file of files) if (!file.optional) await mustBeNew(file.path);
  const [written, left]: [string[], string[]] = [[], []];
  const put = async (file: string, text: string, mode = 0o666): Promise<void> => {
    (await writeNew(file, text, mode)) ? written.push(file) : left.push(file);
  };
  for (const { path: file, text } of files) {
    await mkdir(path.dirname(file), { recursive: true });
    await put(file, text);
  }
  const [first] = files;
  if (first !== undefined) await copySchema(path.dirname(first.path));
  if (secrets !== null) {
    const dir = path.dirname(secrets.target);
    const lines = Object.entries(secrets.typed).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
    await put(path.join(dir, '.env'), `${lines.join('\n')}\n`, 0o600);
    await put(path.join(dir, '.gitignore'), '.env\n');
  }
  return { written, left };
}

/** @returns false if it is there already */
async function writeNew(file: string, text: string, mode: number): Promise<boolean> {
  try {
    await writeFile(file, text, { flag: 'wx', mode });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw cannotWrite(file, error);
  }
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : 'unknown');

const cannotWrite = (file: string, error: unknown): HarnessError =>
  new HarnessError('report-write', `cannot write ${shown(file)}: ${codeOf(error)}`, {
    cause: error,
    hint: 'Name a file in a folder that can be written to.',
  });

/** A schema that is there already serves as well. */
async function copySchema(dir: string): Promise<void> {
  const target = path.join(dir, 'scenario.schema.json');
  await copyFile(packaged('scenario.schema.json'), target, constants.COPYFILE_EXCL).catch((error: unknown) => {
    if (codeOf(error) !== 'EEXIST') throw cannotWrite(target, error);
  });
}

/** `--template`: every field, to be filled in by hand. */
export async function template(file: string, io: CommandIo): Promise<number> {
  const target = path.resolve(file);
  await folderFor(path.dirname(target), 'parity init FILE');
  await mustBeNew(target);
  await copyFile(packaged('example-live.yaml'), target, constants.COPYFILE_EXCL).catch((error: unknown) => {
    throw codeOf(error) === 'EEXIST' ? isTaken(target) : cannotWrite(target, error);
  });
  await copySchema(path.dirname(target));
  io.stdout.write(
    [
      `Wrote ${shown(target)}: every field with its default. Nobody was asked, so nothing in it is known to be right.`,
      '',
      'Next:',
      '  1. Keep what you need: at least one of legacy.usageApi and legacy.partnerBilling, contract, apps. Delete the rest.',
      '  2. Put every variable that is left in it into the environment, or into .env beside it.',
      `  3. parity doctor ${shown(target)}`,
      '',
    ].join('\n'),
  );
  return EXIT.met;
}
