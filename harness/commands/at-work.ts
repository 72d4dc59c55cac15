/** One command in its thread: hears of the interruption, and ends when the command has ended, whatever it left open. */
import type { MessagePort } from 'node:worker_threads';
import type { OutputStream } from './io.ts';
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
}

/** What the thread tells: what to say if it must be ended while it is busy; that the command has ended. */
export type Said = { readonly ifEnded: string } | { readonly finished: true };

/** @param supervisor says `interrupted`, and is told what to say if it has to end this thread */
export async function work({ args, stdout, stderr }: AtWork, supervisor: MessagePort | null): Promise<void> {
  const interruption = new AbortController();
  const say = (said: Said): void => supervisor?.postMessage(said);
  supervisor?.on('message', () => interruption.abort());
  const code = await main(args, {
    stdout: outputTo(process.stdout, stdout),
    stderr: outputTo(process.stderr, stderr),
    env: process.env,
    signal: interruption.signal,
    ifEnded: (hint) => say({ ifEnded: hint }),
  });
  say({ finished: true });
  for (const stream of [process.stdout, process.stderr]) {
    await new Promise<void>((resolve) => stream.write('', () => resolve()));
  }
  process.exit(code);
}

/** The streams of a thread do not know what they are joined to. */
const outputTo = (stream: NodeJS.WriteStream, { isTTY, columns }: Terminal): OutputStream =>
  Object.defineProperties(stream, { isTTY: { value: isTTY }, columns: { value: columns } });
