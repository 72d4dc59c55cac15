/** Live progress: a bar for a person, plain lines for a log. Only listens. */
import cliProgress from 'cli-progress';
import type { RunEvent, RunListener } from '../../domain/run-event.ts';
import { safeText, shortened } from '../words/safe-text.ts';

export interface ProgressStream {
  write(text: string): unknown;
}

export interface ProgressOptions {
  readonly tty: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  /** Milliseconds, for the pace of plain lines. */
  readonly now?: () => number;
}

/** A line at least this often while requests come in. */
const PLAIN_EVERY_MS = 5000;

interface Counts {
  planned: number;
  done: number;
  failed: number;
  retried: number;
}

export function createProgress(stream: ProgressStream, options: ProgressOptions): RunListener {
  if (options.quiet) return (event) => warn(event, stream);
  const counts: Counts = { planned: 0, done: 0, failed: 0, retried: 0 };
  const display = options.tty && !options.verbose ? bar(stream, counts) : plainLines(stream, counts, options);
  return (event) => {
    if (event.type === 'requests-planned') counts.planned += event.count;
    if (event.type === 'exchange-finished') count(event, counts);
    display(event);
    warn(event, stream);
  };
}

function count(event: RunEvent & { type: 'exchange-finished' }, counts: Counts): void {
  counts.done += 1;
  // A request that nobody planned still counts once on both sides: never over 100 %.
  counts.planned = Math.max(counts.planned, counts.done);
  counts.retried += Math.max(0, event.attempts - 1);
  if (event.error !== null || (event.status !== null && event.status >= 400 && event.status !== 404))
    counts.failed += 1;
}

function warn(event: RunEvent, stream: ProgressStream): void {
  if (event.type === 'warning') stream.write(`warning: ${safeText(event.message)}\n`);
}

const troubles = ({ failed, retried }: Counts): string =>
  `${failed > 0 ? `, ${failed} failed` : ''}${retried > 0 ? `, ${retried} tried again` : ''}`;

function bar(stream: ProgressStream, counts: Counts): RunListener {
  const gauge = new cliProgress.SingleBar({
    format: '{bar} {value}/{total} requests{troubles}  {now}',
    barsize: 28,
    hideCursor: true,
    clearOnComplete: true,
    gracefulExit: false,
    stream: stream as NodeJS.WritableStream,
  });
  let running = false;
  return (event) => {
    if (event.type === 'stage-started' && event.stage === 'capture') {
      gauge.start(Math.max(1, counts.planned), 0, { troubles: '', now: '' });
      running = true;
    }
    if (!running) return;
    if (event.type === 'requests-planned') gauge.setTotal(counts.planned);
    if (event.type === 'exchange-finished')
      gauge.update(counts.done, { troubles: troubles(counts), now: shortened(event.subject, 36) });
    if (event.type === 'waiting')
      gauge.update(counts.done, { now: shortened(`waiting ${seconds(event.ms)}: ${event.reason}`, 36) });
    if (event.type === 'stage-finished' && event.stage === 'capture') {
      gauge.stop();
      running = false;
    }
  };
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

function plainLines(stream: ProgressStream, counts: Counts, { verbose, now = Date.now }: ProgressOptions): RunListener {
  let lastTenth = 0;
  let lastAt = now();
  return (event) => {
    if (event.type === 'run-started') stream.write(`run ${event.runId} of ${safeText(event.scenario)}\n`);
    if (event.type === 'stage-finished') {
      const what = event.stage === 'capture' ? `: ${counts.done} requests${troubles(counts)}` : '';
      stream.write(`${event.stage} finished in ${seconds(event.durationMs)}${what}\n`);
    }
    if (event.type === 'waiting' && event.ms >= 1000) stream.write(`waiting ${seconds(event.ms)}: ${event.reason}\n`);
    if (event.type !== 'exchange-finished') return;
    if (verbose) stream.write(`${exchangeLine(event)}\n`);
    const tenth = Math.floor((counts.done * 10) / Math.max(1, counts.planned));
    const at = now();
    // Early on the total still grows: by the clock alone then, by tenths once there is something to divide.
    if ((tenth > lastTenth && counts.planned >= 100) || at - lastAt >= PLAIN_EVERY_MS) {
      stream.write(`  ${counts.done} of ${counts.planned} requests known so far${troubles(counts)}\n`);
      lastTenth = tenth;
      lastAt = at;
    }
  };
}

function exchangeLine(event: RunEvent & { type: 'exchange-finished' }): string {
  const outcome = event.error === null ? String(event.status) : `failed: ${event.error}`;
  const tries = event.attempts > 1 ? `, ${event.attempts} tries` : '';
  return `  ${event.source} ${safeText(event.subject)}: ${safeText(outcome)} in ${event.durationMs} ms${tries}${event.replayed ? ' (replayed)' : ''}`;
}
