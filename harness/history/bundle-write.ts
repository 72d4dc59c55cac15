/** Puts a bundle on the disk: one zip, or a new folder. */
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { zipSync } from 'fflate';
import { HarnessError } from '../domain/errors.ts';
import type { History } from '../domain/history.ts';
import type { BundleFiles } from './bundle.ts';

/** Zip has no time zone and nothing before 1980; one day for all files makes equal bundles equal. */
const ZIP_TIME = new Date(1980, 0, 1);

/** Texts of the result.json of every run that speaks for a night, by folder. @param root as it was searched */
export async function resultTexts(root: string, { scenarios }: History): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (const { run } of scenarios.flatMap(({ nights }) => nights)) {
    if (run !== null) texts.set(run.dir, await readFile(path.join(root, run.dir, 'result.json'), 'utf8'));
  }
  return texts;
}

/**
 * Writes a zip where the name ends in `.zip` (an older one is replaced), else a folder.
 * @throws HarnessError `usage` if the folder has something in it; `report-write` if the system refuses
 */
export async function writeBundle(target: string, files: BundleFiles): Promise<void> {
  const zip = target.toLowerCase().endsWith('.zip');
  if (!zip) await mustBeEmpty(target);
  try {
    if (zip) await writeZip(target, files);
    else for (const [name, text] of files) await writeInto(path.join(target, name), text);
  } catch (cause) {
    throw new HarnessError('report-write', `cannot write ${target}: ${(cause as Error).message}`, {
      cause,
      hint: 'Choose another place with --bundle.',
    });
  }
}

async function mustBeEmpty(target: string): Promise<void> {
  const entries = await readdir(target).catch(() => []);
  if (entries.length === 0) return;
  throw new HarnessError('usage', `${target} has something in it already`, {
    hint: 'Evidence is written into a new folder, or into a file that ends in .zip.',
  });
}

async function writeZip(target: string, files: BundleFiles): Promise<void> {
  const entries = [...files].map(([name, text]) => [name, Buffer.from(text, 'utf8')] as const);
  const bytes = zipSync(Object.fromEntries(entries), { mtime: ZIP_TIME, level: 9 });
  const temporary = `${target}.${process.pid}.tmp`;
  await mkdir(path.dirname(path.resolve(target)), { recursive: true });
  try {
    await writeFile(temporary, bytes);
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function writeInto(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
}
