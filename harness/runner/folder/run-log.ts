/** `run.log` in the output folder: every event as one line of JSON, for whoever must find out later what a night did. */
import path from 'node:path';
import { destination, pino } from 'pino';
import { HarnessError } from '../../domain/errors.ts';
import type { RunEvent, RunListener } from '../../domain/run-event.ts';

export interface RunLog {
  readonly listen: RunListener;
  close(): void;
}

/** Events carry no credentials; were one to carry any, these names would be blotted out all the same. */
const SECRETS = ['apiKey', 'clientSecret', 'authorization', 'token'].flatMap((name) => [name, `*.${name}`]);

/**
 * Written at once, line by line: a run that is killed leaves all that it had told.
 * @param resume the log of the run that is gone on with is kept
 * @throws HarnessError `report-write`, from `listen` too: a disk that is full would take no snapshot and no report either
 */
export function openRunLog(dir: string, resume: boolean): RunLog {
  const dest = path.join(dir, 'run.log');
  const log = orExplain(dest, () => logInto(dest, resume));
  return { ...log, listen: (event) => orExplain(dest, () => log.listen(event)) };
}

const HINTS: Readonly<Record<string, string>> = {
  ENOSPC: 'The disk is full: free some space and go on with --resume.',
  EDQUOT: 'The quota is used up: free some space and go on with --resume.',
};

/** Errors of the operating system are explained; anything else is a bug. */
function orExplain<T>(dest: string, write: () => T): T {
  try {
    return write();
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause)) throw cause;
    const hint = HINTS[String(cause.code)] ?? 'Choose a folder that can be written to with --out DIR.';
    throw new HarnessError('report-write', `cannot write ${dest}: ${cause.message}`, { cause, hint });
  }
}

function logInto(dest: string, append: boolean): RunLog {
  const file = destination({ dest, sync: true, append });
  // A write that failed has been told of already, by `listen`.
  file.on('error', () => undefined);
  const log = pino(
    { base: null, timestamp: pino.stdTimeFunctions.isoTime, redact: { paths: SECRETS, censor: '[redacted]' } },
    file,
  );
  return {
    listen: (event) => log[levelOf(event)](event.type === 'run-finished' ? outcomeOf(event) : event),
    close: () => file.destroy(),
  };
}

function levelOf(event: RunEvent): 'info' | 'warn' {
  if (event.type === 'warning') return 'warn';
  if (event.type !== 'exchange-finished') return 'info';
  return event.error !== null || event.attempts > 1 ? 'warn' : 'info';
}

/** The result has a file of its own. */
const outcomeOf = ({ type, result, out, files }: RunEvent & { type: 'run-finished' }): object => ({
  type,
  verdict: result.verdict,
  cells: result.cells,
  out,
  files,
});
