/** What probes have in common: how they ask, and how they say what they saw. */

import type { ProbeNote } from '../../../domain/capture.ts';
import { HarnessError } from '../../../domain/errors.ts';
import type { ApiRequest, Exchange, Transport } from '../../../domain/exchange.ts';
import type { Evidence } from '../../../domain/figure.ts';
import type { Cursor } from '../../cursor.ts';

export const CONTRACTS = '/api/v2/billing/contracts';
export const INVOICES = `${CONTRACTS}/invoices`;

/** What was seen by trying things on purpose. */
export interface Probes {
  readonly notes: readonly ProbeNote[];
  /** Most contracts that a page may have; null if it was not asked for. */
  readonly contractsPageMaximum: number | null;
}

export const NOT_PROBED: Probes = { notes: [], contractsPageMaximum: null };

/** A listing as it was walked: probes look at parts of it in other ways. */
export interface WalkedListing {
  readonly entities: readonly Cursor[];
  /** Nothing is known to be missing from it. */
  readonly complete: boolean;
}

export interface ProbeInput {
  readonly transport: Transport;
  readonly plan: (count: number) => void;
  readonly contracts: WalkedListing;
  readonly invoices: WalkedListing;
  /** Whether a client without permission is known, to see how it is refused. */
  readonly restricted: boolean;
}

export type Probe = (input: ProbeInput) => Promise<ProbeNote[]>;

export function ask(
  { transport, plan }: Pick<ProbeInput, 'transport' | 'plan'>,
  path: string,
  subject: string,
  more: Pick<ApiRequest, 'as' | 'follow' | 'expect'> = {},
): Promise<Exchange> {
  plan(1);
  return transport.send({ source: 'contract-api', path, subject, ...more });
}

/** A recording without a probe says nothing of it; everything else that a transport throws is thrown. */
export async function ifRecorded<T>(work: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof HarnessError && error.code === 'snapshot-missing') return otherwise;
    throw error;
  }
}

export const at = (exchange: Exchange, pointer = ''): Evidence => ({ exchange: exchange.id, pointer });

/** Why nothing was seen: no answer came. */
export const unseen = (rule: ProbeNote['rule'], subject: string, exchange: Exchange, message: string): ProbeNote => ({
  rule,
  subject,
  holds: null,
  message,
  at: at(exchange),
});

export const idsOf = (entities: readonly Cursor[]): string[] =>
  entities.flatMap((entity) => entity.field('id').string() ?? []);
