/** JSON bodies in a folder, such as mock data that came by mail: each file is read as if it had been answered. */
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { HarnessError } from '../../domain/errors.ts';
import { EXCHANGE_VERSION, type Exchange, type Transport } from '../../domain/exchange.ts';
import type { RunListener } from '../../domain/run-event.ts';
import { requestId } from '../../http/exchange-id.ts';
import { observed } from '../../http/observed.ts';
import { redactExchange, Secrets } from '../../http/redaction.ts';
import { pathOf } from '../../sources/contract-api/files/capture.ts';
import type { OpenSides } from '../sides.ts';

const MOST_FILES = 10_000;
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * @returns names relative to the folder, sorted, with slashes
 * @throws HarnessError `usage` for a folder that cannot be read, has no JSON file, or more than 10,000
 */
export async function bodyFiles(dir: string): Promise<string[]> {
  const found = await readdir(dir, { recursive: true, withFileTypes: true }).catch((cause: NodeJS.ErrnoException) => {
    throw new HarnessError('usage', `--from ${dir}: ${UNREADABLE[cause.code ?? ''] ?? cause.message}`, {
      cause,
      hint: WANTED,
    });
  });
  const names = found
    .filter((entry) => entry.isFile() && /\.json$/i.test(entry.name))
    .map((entry) => path.relative(dir, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .sort();
  if (names.length === 0) {
    throw new HarnessError('usage', `--from ${dir}: no .json file is in it, nor in a folder below`, {
      hint: WANTED,
    });
  }
  if (names.length <= MOST_FILES) return names;
  throw new HarnessError('usage', `--from ${dir}: ${names.length} .json files; at most ${MOST_FILES} are read`, {
    hint: 'Put fewer of them into a folder of their own.',
  });
}

const WANTED =
  'Give a folder with one body a file, as the API answers them, or a snapshot, or the folder of a run that has one.';
const UNREADABLE: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such folder',
  ENOTDIR: 'it is a file, expected a folder',
};

/** The contract side as it stands in files. @param files as `bodyFiles` found them */
export function openBodyFiles(dir: string, files: readonly string[], listen: RunListener): OpenSides {
  const transport = observed(answering(dir, new Map(files.map((name) => [pathOf(name), name]))), listen, true);
  return {
    legacySources: [],
    live: transport,
    replay: { 'contract-api': transport },
    kinds: { legacy: null, contract: 'snapshot' },
    origins: { 'contract-api': 'file://' },
    sandbox: null,
    restricted: false,
    files,
    close: async () => undefined,
  };
}

const answering = (dir: string, names: ReadonlyMap<string, string>): Transport => ({
  async send(request) {
    const name = names.get(request.path);
    if (name === undefined) throw new Error(`no such file was found: ${request.path}`);
    const startedAt = new Date().toISOString();
    const exchange: Exchange = {
      v: EXCHANGE_VERSION,
      id: requestId(request),
      source: request.source,
      method: 'GET',
      url: `file://${request.path}`,
      path: request.path,
      subject: request.subject,
      reading: 0,
      startedAt,
      durationMs: 0,
      attempts: [{ startedAt, durationMs: 0, status: 200, error: null, waitedMs: 0 }],
      outcome: await outcomeOf(path.join(dir, name), name),
    };
    return redactExchange(exchange, new Secrets());
  },
});

async function outcomeOf(file: string, name: string): Promise<Exchange['outcome']> {
  const failed = (message: string): Exchange['outcome'] => ({ kind: 'failure', code: 'wire-contract', message });
  try {
    const { size } = await stat(file);
    if (size > MOST_BYTES) return failed(`${name} is larger than 64 MiB`);
    const body = new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
    return { kind: 'answer', status: 200, headers: {}, body };
  } catch (error) {
    return failed(`${name} cannot be read: ${(error as Error).message}`);
  }
}
