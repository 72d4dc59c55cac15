/** `parity init`: writes a first scenario with its schema beside it; never over a file that is there. */
import { constants } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { HarnessError } from '../domain/errors.ts';
import { EXIT } from '../domain/verdict.ts';
import { folderFor } from '../runner/folder-for.ts';
import { type CommandIo, shown } from './io.ts';

/** Part of the package; dist/commands/ and harness/commands/ both lie two folders below it. */
const packaged = (name: string): string => fileURLToPath(new URL(`../../scenarios/${name}`, import.meta.url));

export function addInit(program: Command, io: CommandIo, finish: (code: number) => void): void {
  program
    .command('init')
    .description('write a first scenario, to fill in')
    .argument('[file]', 'where to', 'scenarios/my-scenario.yaml')
    .action(async (file: string) => {
      finish(await init(file, io));
    });
}

async function init(file: string, io: CommandIo): Promise<number> {
  const target = path.resolve(file);
  await folderFor(path.dirname(target), 'parity init FILE');
  await copyNew(packaged('example-live.yaml'), target);
  const schema = path.join(path.dirname(target), 'scenario.schema.json');
  await copyNew(packaged('scenario.schema.json'), schema).catch((error: unknown) => {
    // A schema that is there already serves as well.
    if (!(error instanceof HarnessError) || error.code !== 'usage') throw error;
  });
  const name = shown(target);
  io.stdout.write(
    [
      `Wrote ${name}. It has every field; keep what you need. Editors complete it by ${shown(schema)}.`,
      '',
      'Next:',
      '  1. Name your apps, part numbers and SKUs in it.',
      '  2. Put LEGACY_API_KEY, CONTRACT_CLIENT_ID and CONTRACT_CLIENT_SECRET into the environment, or into .env beside it.',
      `  3. parity doctor ${name}          checks credentials, permissions, clocks and reachability`,
      `  4. parity run ${name} --dry-run   says what would be asked, and how long it takes`,
      `  5. parity run ${name}`,
      '',
    ].join('\n'),
  );
  return EXIT.met;
}

/** @throws HarnessError `usage` if the target is there, `report-write` if it cannot be written */
async function copyNew(source: string, target: string): Promise<void> {
  try {
    await copyFile(source, target, constants.COPYFILE_EXCL);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    if (code === 'EEXIST') {
      throw new HarnessError('usage', `${shown(target)} is there already; nothing was written`, {
        hint: 'Name another file: parity init my-other-scenario.yaml',
      });
    }
    throw new HarnessError('report-write', `cannot write ${shown(target)}: ${code}`, { cause: error });
  }
}
