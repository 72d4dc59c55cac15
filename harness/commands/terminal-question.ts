/** One question at the terminal, one line back. In the thread that has the keyboard. */
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { Question } from './io.ts';

/** @returns what was typed, trimmed; the empty text if the input ended. Ctrl-C interrupts the process as it always does. */
export async function askAtTerminal({ text, hidden }: Question): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  if (hidden) process.stdout.write(text);
  const lines = createInterface({ input: process.stdin, output: hidden ? silent : process.stdout, terminal: true });
  lines.on('SIGINT', () => {
    lines.close();
    process.kill(process.pid, 'SIGINT');
  });
  try {
    const ended = new Promise<string>((resolve) => lines.once('close', () => resolve('')));
    return (await Promise.race([lines.question(hidden ? '' : text), ended])).trim();
  } finally {
    lines.close();
    if (hidden) process.stdout.write('\n');
  }
}
