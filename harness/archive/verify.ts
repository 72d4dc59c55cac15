/** A snapshot as evidence: every line read again, and everything named that does not hold. */
import { createHash } from 'node:crypto';
import path from 'node:path';
import { HarnessError } from '../domain/errors.ts';
import type { Exchange } from '../domain/exchange.ts';
import type { SnapshotFault, Verification } from '../domain/snapshot-facts.ts';
import { requestId } from '../http/exchange-id.ts';
import { decodeLine } from '../http/recording/exchange-line.ts';
import { ALTERED, logLines } from '../http/recording/exchange-log.ts';
import { type Manifest, readManifest } from '../http/recording/manifest.ts';

/** Never throws for what is broken in a snapshot. @throws the system's own error if a file cannot be read */
export async function verifySnapshot(dir: string): Promise<Verification> {
  const faults: SnapshotFault[] = [];
  const manifest = await manifestOf(dir, faults);
  const count = new Count();
  if (manifest !== null) await readLines(dir, manifest, count, faults);
  if (manifest !== null) compare(dir, manifest, count, faults);
  return {
    dir,
    holds: faults.length === 0,
    complete: manifest?.complete ?? false,
    scenario: manifest?.scenario ?? null,
    createdAt: manifest?.createdAt ?? null,
    pseudonymised: manifest?.pseudonymised ?? false,
    encoding: manifest?.exchanges.encoding ?? null,
    lines: { whole: count.whole, found: count.found },
    ...count.outcomes(),
    digest: count.digest.digest('hex'),
    faults,
  };
}

class Count {
  found = 0;
  whole = 0;
  readonly digest = createHash('sha256');
  readonly #answered = new Map<string, boolean>();

  add(exchange: Exchange, checksum: string): void {
    this.whole += 1;
    this.digest.update(checksum);
    this.#answered.set(exchange.id, exchange.outcome.kind === 'answer');
  }

  outcomes(): { exchanges: number; answers: number; failures: number } {
    const exchanges = this.#answered.size;
    const answers = [...this.#answered.values()].filter((answered) => answered).length;
    return { exchanges, answers, failures: exchanges - answers };
  }
}

async function manifestOf(dir: string, faults: SnapshotFault[]): Promise<Manifest | null> {
  const file = path.join(dir, 'manifest.json');
  try {
    const manifest = await readManifest(dir);
    if (manifest === null) faults.push({ file, line: null, message: 'the manifest is gone' });
    return manifest;
  } catch (error) {
    faults.push(faultOf(file, error));
    return null;
  }
}

async function readLines(dir: string, meta: Manifest, count: Count, faults: SnapshotFault[]): Promise<void> {
  const file = path.join(dir, meta.exchanges.file);
  try {
    for await (const { number, bytes, ended } of logLines(file, meta.exchanges)) {
      count.found = number;
      const fault = ended ? checkLine(bytes, count) : 'the line is cut off';
      if (fault !== null) faults.push({ file, line: number, message: fault });
    }
  } catch (error) {
    // Killed before its first exchange: no file yet, and nothing lost.
    if (!meta.complete && isMissing(error)) return;
    faults.push(isMissing(error) ? { file, line: null, message: 'the file is gone' } : faultOf(file, error));
  }
}

function checkLine(bytes: Buffer, count: Count): string | null {
  try {
    const decoded = decodeLine(bytes.toString('utf8'));
    if (decoded === null) return ALTERED;
    count.add(decoded.exchange, decoded.checksum);
    return idFault(decoded.exchange);
  } catch (error) {
    if (error instanceof HarnessError) return `${error.message}${error.hint === null ? '' : `. ${error.hint}`}`;
    throw error;
  }
}

/** The id is made of the request, so a replay finds it; unless what the request said was redacted afterwards. */
function idFault(exchange: Exchange): string | null {
  if (exchange.path.includes('[redacted]') || requestId(exchange) === exchange.id) return null;
  return `its id ${exchange.id} is not that of its request (${exchange.path})`;
}

function compare(dir: string, meta: Manifest, count: Count, faults: SnapshotFault[]): void {
  const file = path.join(dir, 'manifest.json');
  const say = (message: string): number => faults.push({ file, line: null, message });
  if (!meta.complete) {
    say('the snapshot is not complete: its run was interrupted; finish it with --resume');
    return;
  }
  const { counts } = meta;
  if (counts !== null && counts.lines !== count.found) {
    say(`it counts ${counts.lines} lines; ${count.found} are there`);
    return;
  }
  // Lines that do not hold have been named; the sum cannot agree then.
  if (faults.length > 0) return;
  const now = count.outcomes();
  if (counts !== null && (counts.exchanges !== now.exchanges || counts.answers !== now.answers)) {
    say(
      `it counts ${counts.exchanges} exchanges, ${counts.answers} of them answered; found ${now.exchanges} and ${now.answers}`,
    );
  }
  if (count.digest.copy().digest('hex') !== meta.digest) {
    say('its digest does not agree: lines are not those, or not in the order, that were written');
  }
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

function faultOf(file: string, error: unknown): SnapshotFault {
  if (!(error instanceof HarnessError)) throw error;
  const { line } = error.context;
  const message = error.message.replace(`${file}:${line}: `, '').replace(`${file}: `, '').replace(`${file} `, '');
  return {
    file,
    line: typeof line === 'number' ? line : null,
    message: `${message}${error.hint === null || typeof line === 'number' ? '' : `. ${error.hint}`}`,
  };
}
