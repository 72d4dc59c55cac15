/** How a run is to be done; what the command line can say. */
import path from 'node:path';
import { HarnessError } from '../domain/errors.ts';

/** Where one side's answers come from. */
export type SideOrigin =
  | { readonly kind: 'live' }
  | { readonly kind: 'sandbox' }
  | { readonly kind: 'snapshot'; readonly dir: string };

export interface RunOptions {
  /** Output folder; null: `reports/<name>/<run id>`. */
  readonly out: string | null;
  /** Null: the sandbox if the scenario has one, else live. */
  readonly legacy: SideOrigin | null;
  readonly contract: SideOrigin | null;
  /** Folder for the exchanges; null: `snapshot` in the output folder. */
  readonly record: string | null;
  /** Go on with an interrupted run in the same folders, fetching only what is missing. */
  readonly resume: boolean;
  /** Names of reporters; null: the default ones. */
  readonly reporters: readonly string[] | null;
}

/** Reads `live`, `sandbox` or `snapshot:DIR`. @throws HarnessError `usage`. */
export function parseOrigin(option: string, text: string): SideOrigin {
  if (text === 'live' || text === 'sandbox') return { kind: text };
  if (text.startsWith('snapshot:') && text.length > 'snapshot:'.length) {
    return { kind: 'snapshot', dir: path.resolve(text.slice('snapshot:'.length)) };
  }
  throw new HarnessError('usage', `${option} ${text}: expected live, sandbox or snapshot:DIR`);
}
