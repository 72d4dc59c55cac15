#!/usr/bin/env node
/** argv in, exit code out, the one catch. The command runs in a thread of its own, so that a signal ends it whatever it is busy with. */
import { Readable } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import type { AtWork, ToSupervisor } from './commands/at-work.ts';
import type { Question } from './commands/io.ts';
import { EXIT } from './domain/verdict.ts';

/** An interrupted command may finish what it is writing for so long, and is ended then. */
const GRACE_MS = 1000;

/** V8 lets a heap grow to four times what is alive where there is room; a run shares its machine with others. */
const HEAP_GROWTH_PERCENT = 60;

if (isMainThread) {
  const [first, ...more] = process.argv.slice(2);
  // It needs no thread and none of the commands.
  if ((first === '--version' || first === '-V') && more.length === 0) await printVersion();
  else supervise();
} else {
  const { work } = await import('./commands/at-work.ts');
  await work(workerData as AtWork, parentPort);
}

async function printVersion(): Promise<void> {
  const { versionLine } = await import('./commands/print-version.ts');
  pass(Readable.from([versionLine]), process.stdout);
}

function supervise(): void {
  const worker = startWorker();
  let interruptedBy: 'SIGINT' | 'SIGTERM' | null = null;
  let farewell: string | null = null;
  let failed = false;
  let busy: NodeJS.Timeout | undefined;

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      const code = signal === 'SIGINT' ? EXIT.interrupted : EXIT.terminated;
      // The second time the user means it: leave at once.
      if (interruptedBy !== null) process.exit(code);
      interruptedBy = signal;
      worker.postMessage('interrupted');
      busy = setTimeout(() => {
        process.stderr.write(`interrupted: it was busy and was ended\n${farewell === null ? '' : `  → ${farewell}\n`}`);
        process.exit(code);
      }, GRACE_MS);
    });
  }
  worker.on('message', (message: ToSupervisor) => {
    if ('ifEnded' in message) farewell = message.ifEnded;
    else if ('question' in message) void answer(message.question, worker);
    // All that is left is the end itself.
    else clearTimeout(busy);
  });
  worker.on('error', (error) => {
    failed = true;
    process.stderr.write(internalError(error));
  });
  worker.on('exit', (code) => {
    clearTimeout(busy);
    if (interruptedBy !== null) process.exitCode = interruptedBy === 'SIGINT' ? EXIT.interrupted : EXIT.terminated;
    else process.exitCode = failed ? EXIT.internal : code;
  });
}

/** The keyboard belongs to the process: its thread asks, and is told. */
async function answer(question: Question, worker: Worker): Promise<void> {
  const { askAtTerminal } = await import('./commands/terminal-question.ts');
  worker.postMessage({ answer: await askAtTerminal(question) });
}

function startWorker(): Worker {
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWTH_PERCENT}`);
  const { stdout, stderr } = process;
  const atWork: AtWork = {
    args: process.argv.slice(2),
    stdout: { isTTY: stdout.isTTY === true, columns: stdout.columns },
    stderr: { isTTY: stderr.isTTY === true, columns: stderr.columns },
    typed: process.stdin.isTTY === true,
  };
  const worker = new Worker(new URL(import.meta.url), { workerData: atWork, stdout: true, stderr: true });
  pass(worker.stdout, stdout);
  pass(worker.stderr, stderr);
  return worker;
}

/** A reader that closed the pipe (`parity … | head`) is no fault of ours: what else is written goes nowhere. */
function pass(from: NodeJS.ReadableStream, to: NodeJS.WriteStream): void {
  let closed = false;
  to.on('error', (error: NodeJS.ErrnoException) => {
    closed = true;
    from.resume();
    if (error.code === 'EPIPE') return;
    process.stderr.write(
      `error: cannot write to standard output: ${error.message}\n  → Free some space, or send it elsewhere.\n`,
    );
    process.exit(EXIT.notVerified);
  });
  from.on('data', (chunk: Buffer) => {
    if (closed || to.write(chunk)) return;
    from.pause();
    to.once('drain', () => from.resume());
  });
}

function internalError(error: Error & { code?: string }): string {
  if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return 'internal error: the memory that Node.js may use is used up\n  → Allow more, such as NODE_OPTIONS=--max-old-space-size=8192. Nothing printed before counts as a verdict.\n';
  }
  return `internal error: ${error.stack ?? error.message}\n  → This is a bug in parity. Nothing it printed before counts as a verdict.\n`;
}
