/** An error as a user comes by it. */
import type { Workplace } from '../cli.ts';
import type { Served } from '../sandbox-scenario.ts';

export interface Scene extends Workplace {
  /** A sandbox that listens; `live.yaml` asks it. */
  readonly served: Served;
}

export interface ErrorCase {
  /** What the user did, in a few words. */
  readonly what: string;
  /** The arguments of `parity`; a function where they are known only then. */
  readonly args: readonly string[] | ((scene: Scene) => readonly string[]);
  /** A function where it is known only then: it is not shown. */
  readonly env?: Readonly<Record<string, string>> | ((scene: Scene) => Readonly<Record<string, string>>);
  /** Sets the scene. */
  readonly before?: (scene: Scene) => Promise<unknown>;
  /** Shell words before the command: `ulimit -f 1;`. */
  readonly shell?: string;
  /** Redirection after it: `> /dev/full`. */
  readonly into?: string;
  /** Ends the command with this once it wrote the text. */
  readonly ended?: { readonly signal: 'SIGINT' | 'SIGTERM'; readonly after: RegExp };
  /** Its variables are read past the command: by the network. */
  readonly ownProcess?: true;
  /** What is printed on standard output is shown, too. */
  readonly showsOutput?: true;
  /** Folder of the run; what it says of what could not be asked or read is shown, too. */
  readonly failuresOf?: string;
}

export interface Section {
  readonly title: string;
  readonly cases: readonly ErrorCase[];
}
