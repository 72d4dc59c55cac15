/** What a command may touch of the outside world; handed in, so that commands run the same under test. */
import path from 'node:path';

export interface OutputStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

export interface Question {
  /** With its colon. */
  readonly text: string;
  /** A secret: what is typed is not shown. */
  readonly hidden: boolean;
}

export interface CommandIo {
  /** For programs and results. */
  readonly stdout: OutputStream;
  /** For people: progress, warnings, errors. */
  readonly stderr: OutputStream;
  readonly env: NodeJS.ProcessEnv;
  /** Aborted by SIGINT and SIGTERM. */
  readonly signal: AbortSignal;
  /**
   * Asks the person at the terminal and resolves with one line, trimmed. Left out where nobody sits there.
   * @throws HarnessError `interrupted`
   */
  readonly ask?: (question: Question) => Promise<string>;
  /** Takes what is to be said should the command be ended while it is busy; left out where nobody can do that. */
  readonly ifEnded?: (hint: string) => void;
}

/** A terminal that a person watches: not a pipe, not CI. */
export const isInteractive = (stream: OutputStream, env: NodeJS.ProcessEnv): boolean =>
  stream.isTTY === true && !env['CI'] && env['TERM'] !== 'dumb';

/** Colour by the conventions of NO_COLOR and FORCE_COLOR. */
export function wantsColour(stream: OutputStream, env: NodeJS.ProcessEnv): boolean {
  if (env['NO_COLOR']) return false;
  if (env['FORCE_COLOR'] && env['FORCE_COLOR'] !== '0') return true;
  return isInteractive(stream, env);
}

/** A path as people are to read it: from here where it lies below, else in full. */
export function shown(file: string): string {
  const relative = path.relative(process.cwd(), file);
  return relative.startsWith('..') ? file : relative || '.';
}
