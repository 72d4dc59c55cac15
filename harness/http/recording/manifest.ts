/** `manifest.json`: what a snapshot is, and whether it is complete. */
import { open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { HarnessError } from '../../domain/errors.ts';
import { unknownVersion } from './exchange-line.ts';
import { writeError } from './write-error.ts';

/** Version of the snapshot's folder that this release writes, apart from that of the single exchange. */
export const SNAPSHOT_VERSION = 2;
const MANIFEST = 'manifest.json';
export const EXCHANGES = 'exchanges.jsonl';
export const COMPRESSED = 'exchanges.jsonl.gz';

const schema = z.object({
  version: z.literal(SNAPSHOT_VERSION),
  tool: z.object({ name: z.string(), version: z.string() }),
  scenario: z.string().nullable(),
  createdAt: z.string(),
  /** Origins that were asked, by source. */
  origins: z.record(z.string(), z.string()),
  /** True for a copy in which names, ids, numbers and addresses of customers were replaced. */
  pseudonymised: z.boolean(),
  /** Where the exchanges stand and how that file is encoded; `identity` is plain text. */
  exchanges: z.discriminatedUnion('encoding', [
    z.object({ file: z.literal(EXCHANGES), encoding: z.literal('identity') }),
    z.object({
      file: z.literal(COMPRESSED),
      encoding: z.literal('gzip'),
      /** Bytes of each gzip member, in order; each holds whole lines. */
      segments: z.array(z.number().int().positive()),
    }),
  ]),
  /** False while a capture goes on, and for ever if it was interrupted. */
  complete: z.boolean(),
  finishedAt: z.string().nullable(),
  /** Null until complete. `lines` are those of the file; of several with one id the last counts. */
  counts: z
    .object({
      lines: z.number().int(),
      exchanges: z.number().int(),
      answers: z.number().int(),
      failures: z.number().int(),
    })
    .nullable(),
  /** SHA-256 over the checksums of all lines in their order; null until complete. */
  digest: z.string().nullable(),
});

export type Manifest = Readonly<z.infer<typeof schema>>;
export type LogEncoding = Manifest['exchanges'];

/**
 * How a manifest of an older version reads in this one. A version that was once released stays here for ever.
 * Version 1 knew neither compression nor pseudonyms.
 */
const READERS: Readonly<Record<number, (json: object) => object>> = {
  1: (json) => ({ ...json, version: SNAPSHOT_VERSION, pseudonymised: false }),
  [SNAPSHOT_VERSION]: (json) => json,
};

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;

/** @returns null if there is none. @throws HarnessError `snapshot-format` if it cannot be understood. */
export async function readManifest(dir: string): Promise<Manifest | null> {
  const file = path.join(dir, MANIFEST);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR')) return null;
    throw new HarnessError('snapshot-format', `cannot read ${file}: ${(error as Error).message}`, {
      cause: error,
      hint: 'Make it readable, or take it from a backup.',
    });
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new HarnessError('snapshot-format', `${file} is not JSON`, {
      cause,
      hint: 'It was cut short or altered: take it from a backup.',
    });
  }
  const version = typeof json === 'object' && json !== null && 'version' in json ? json.version : null;
  const reader = typeof version === 'number' && Object.hasOwn(READERS, version) ? READERS[version] : undefined;
  if (reader === undefined) throw unknownVersion(file, version, SNAPSHOT_VERSION);
  const parsed = schema.safeParse(reader(json as object));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new HarnessError(
    'snapshot-format',
    `${file}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not a manifest'}`,
    { hint: 'It was cut short or altered: take it from a backup.' },
  );
}

/** Whole or not at all: a crash leaves the old manifest or the new one. @throws HarnessError `snapshot-write`. */
export async function writeManifest(dir: string, manifest: Manifest): Promise<void> {
  const file = path.join(dir, MANIFEST);
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    const handle = await open(temporary, 'w');
    try {
      await handle.writeFile(`${JSON.stringify(manifest, null, 2)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw writeError(file, error);
  }
}
