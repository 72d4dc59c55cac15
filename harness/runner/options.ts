/** How a run is to be done; what the command line can say. */
import path from 'node:path';
import { HarnessError } from '../domain/errors.ts';
import type { Shard } from '../domain/shard.ts';

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
  /** Writes the shape of the contract side that was seen as the new baseline. */
  readonly updateShape?: boolean;
  /** Ask and judge this share alone, for `parity merge`; null: everything. */
  readonly shard: Shard | null;
}

/** Reads `2/4`. @throws HarnessError `usage`. */
export function parseShard(text: string): Shard {
  const [, index, of] = /^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? [];
  const shard = { index: Number(index), of: Number(of) };
  if (shard.index >= 1 && shard.index <= shard.of) return shard;
  throw new HarnessError('usage', `--shard ${text}: expected I/N with I from 1 to N`, {
    hint: 'Such as --shard 2/4 for the second of four.',
  });
}

/** Reads `live`, `sandbox` or `snapshot:DIR`. @throws HarnessError `usage`. */
export function parseOrigin(option: string, text: string): SideOrigin {
  if (text === 'live' || text === 'sandbox') return { kind: text };
  if (text.startsWith('snapshot:') && text.length > 'snapshot:'.length) {
    return { kind: 'snapshot', dir: path.resolve(text.slice('snapshot:'.length)) };
  }
  throw new HarnessError('usage', `${option} ${text}: expected live, sandbox or snapshot:DIR`, {
    hint: `Such as ${option} snapshot:reports/nightly/latest, the folder of a run or of its snapshot.`,
  });
}
