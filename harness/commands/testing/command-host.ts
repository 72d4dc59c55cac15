/** Commands of the built CLI in one process: what a start of Node.js costs is paid once, and the code is warm from the second on. */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface CliOutcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const HOST = fileURLToPath(new URL('command-host.mjs', import.meta.url));

interface Waiting {
  resolve(outcome: CliOutcome): void;
  reject(error: Error): void;
}

export class CommandHost {
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;
  readonly #waiting = new Map<number, Waiting>();
  #count = 0;
  /** What was written past the commands: a warning of Node.js, an error that nobody caught. */
  #stray = '';

  constructor(cwd: string, env: NodeJS.ProcessEnv) {
    this.#child = fork(HOST, [], { cwd, env, execArgv: [], stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#stray += text;
      });
    }
    this.#child.on('message', ({ id, ...outcome }: CliOutcome & { readonly id: number }) => {
      this.#waiting.get(id)?.resolve(outcome);
      this.#waiting.delete(id);
    });
    this.#ended = new Promise((resolve) => this.#child.on('close', () => resolve()));
    void this.#ended.then(() => {
      for (const { reject } of this.#waiting.values()) reject(new Error(`the process ended: ${this.#stray}`));
      this.#waiting.clear();
    });
  }

  run(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<CliOutcome> {
    const id = this.#count++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#child.send({ id, args, env }, (error) => {
        if (error !== null) reject(new Error(`the process has ended: ${this.#stray}`, { cause: error }));
      });
    });
  }

  /** Ends the process. Throws if anything was written past the commands. */
  async close(): Promise<void> {
    if (this.#child.connected) this.#child.send('end');
    await this.#ended;
    if (this.#stray !== '') throw new Error(`written past the commands: ${this.#stray}`);
  }
}
