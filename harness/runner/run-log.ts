/** `run.log` in the output folder: every event as one line of JSON, for whoever must find out later what a night did. */
import path from 'node:path';
import { destination, pino } from 'pino';
import { HarnessError } from '../domain/errors.ts';
import type { RunEvent, RunListener } from '../domain/run-event.ts';

export interface RunLog {
  readonly listen: RunListener;
  close(): void;
}

/** Events carry no credentials; were one to carry any, these names would be blotted out all the same. */
const SECRETS = ['apiKey', 'clientSecret', 'authorization', 'token'].flatMap((name) => [name, `*.${name}`]);

/** Written at once, line by line: a run that is killed leaves all that it had told. @throws HarnessError `report-write`. */
export function openRunLog(dir: string): RunLog {
  try {
    return logInto(path.join(dir, 'run.log'));
  } catch (cause) {
    const hint = 'Choose a folder that can be written to with --out DIR.';
    throw new HarnessError('report-write', `cannot write ${dir}/run.log: ${(cause as Error).message}`, { cause, hint });
  }
}

function logInto(dest: string): RunLog {
  const file = destination({ dest, sync: true, append: false });
  const log = pino(
    { base: null, timestamp: pino.stdTimeFunctions.isoTime, redact: { paths: SECRETS, censor: '[redacted]' } },
    file,
  );
  return {
    listen: (event) => log[levelOf(event)](event.type === 'run-finished' ? outcomeOf(event) : event),
    close: () => file.end(),
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
