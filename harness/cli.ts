#!/usr/bin/env node
/** argv in, exit code out, the one catch. */
import { main } from './commands/main.ts';
import { EXIT } from './domain/verdict.ts';

const interruption = new AbortController();
let interruptedBy: 'SIGINT' | 'SIGTERM' | null = null;

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // The second time the user means it: leave at once.
    if (interruptedBy !== null) process.exit(signal === 'SIGINT' ? EXIT.interrupted : EXIT.terminated);
    interruptedBy = signal;
    interruption.abort();
  });
}
// A reader that closed the pipe (`parity … | head`) is no fault of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const code = await main(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  signal: interruption.signal,
});
process.exitCode = interruptedBy === null ? code : interruptedBy === 'SIGINT' ? EXIT.interrupted : EXIT.terminated;
