/** Where the evidence of a finding is written to, and of which. Apart from what writes it, so that tests load next to nothing. */
import path from 'node:path';
import type { Finding } from '../domain/run-result.ts';

export const evidenceFile = (run: string, { id }: Finding): string => path.join(run, 'evidence', `${id}.txt`);

/** What the scenario accepts needs no evidence. */
export const isReported = ({ status }: Finding): boolean => status !== 'tolerated' && status !== 'waived';
