/** One command in its thread: hears of the interruption, and ends when the command has ended, whatever it left open. */
import type { MessagePort } from 'node:worker_threads';
import { HarnessError } from '../domain/errors.ts';
import { isInteractive, type OutputStream, type Question } from './io.ts';
import { main } from './main.ts';

interface Terminal {
  readonly isTTY: boolean;
  readonly columns: number | undefined;
}

/** What the thread must be told of the process. */
export interface AtWork {
  readonly args: readonly string[];
  readonly stdout: Terminal;
  readonly stderr: Terminal;
  /** Whether a person can type an answer. */
  readonly typed: boolean;
}

/** What the thread tells: what to say if it must be ended while it is busy; what it wants to know; that the command has ended. */
export type ToSupervisor = { readonly ifEnded: string } | { readonly question: Question } | { readonly finished: true };

/** What the thread is told: that the user interrupts, or the answer to its question. */
export type FromSupervisor = 'interrupted' | { readonly answer: string };

/** @param supervisor says `interrupted` and what was typed, and is told what to say if it has to end this thread */
export async function work({ args, stdout, stderr, typed }: AtWork, supervisor: MessagePort | null): Promise<void> {
  const interruption = new AbortController();
  const say = (message: ToSupervisor): void => supervisor?.postMessage(message);
  let answered: ((answer: string) => void) | null = null;
  supervisor?.on('message', (message: FromSupervisor) => {
    if (message === 'interrupted') interruption.abort();
    else answered?.(message.answer);
  });
  const ask = (question: Question): Promise<string> =>
    new Promise((resolve, reject) => {
      answered = resolve;
      interruption.signal.addEventListener('abort', () => reject(gone()), { once: true });
      say({ question });
    });
  const isAnswered = typed && isInteractive({ ...stdout, write: () => true } as OutputStream, process.env);
  const code = await main(args, {
    stdout: outputTo(process.stdout, stdout),
    stderr: outputTo(process.stderr, stderr),
    env: process.env,
    signal: interruption.signal,
    ifEnded: (hint) => say({ ifEnded: hint }),
    ...(isAnswered ? { ask } : {}),
  });
  say({ finished: true });
  for (const stream of [process.stdout, process.stderr]) {
    await new Promise<void>((resolve) => stream.write('', () => resolve()));
  }
  process.exit(code);
}

const gone = (): HarnessError => new HarnessError('interrupted', 'the question was not answered; nothing was written');

/** The streams of a thread do not know what they are joined to. */
const outputTo = (stream: NodeJS.WriteStream, { isTTY, columns }: Terminal): OutputStream =>
  Object.defineProperties(stream, { isTTY: { value: isTTY }, columns: { value: columns } });
