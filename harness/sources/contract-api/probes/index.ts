/** Everything that is tried on purpose, after the listings were walked. A recording without it says nothing of it. */

import type { ProbeNote } from '../../../domain/capture.ts';
import { probeDocuments } from './documents.ts';
import { probeErrors } from './errors.ts';
import { probeFilters } from './filters.ts';
import { probePageMaximum, probePages } from './pages.ts';
import { ifRecorded, type ProbeInput, type Probes } from './probe.ts';

/** @throws what the transport throws, but for a recording that has no probes in it */
export async function probe(input: ProbeInput): Promise<Probes> {
  const [errors, pages, filters, documents, contractsPageMaximum] = await Promise.all([
    probeErrors(input),
    ifRecorded(probePages(input), []),
    ifRecorded(probeFilters(input), []),
    ifRecorded(probeDocuments(input), []),
    ifRecorded(probePageMaximum(input), null),
  ]);
  return { notes: inFixedOrder([...errors, ...pages, ...filters, ...documents]), contractsPageMaximum };
}

const inFixedOrder = (notes: readonly ProbeNote[]): ProbeNote[] =>
  [...notes].sort((a, b) => (a.subject < b.subject ? -1 : a.subject > b.subject ? 1 : 0));
