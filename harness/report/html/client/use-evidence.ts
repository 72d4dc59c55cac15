import { useEffect, useState } from 'preact/hooks';
import type { ReportEvidence } from '../data.ts';
import type { SearchIndex } from '../find/search-index.ts';
import { readEvidence } from './read-data.ts';

const NONE: ReportEvidence = { exchanges: {}, excerpts: {}, pairs: [], pairOf: {}, movements: {} };

/** What stands behind the findings: nothing until the page stands, then all of it. A page whose evidence cannot be read does without. */
export function useEvidence(): ReportEvidence {
  const [evidence, setEvidence] = useState(NONE);
  useEffect(() => {
    const timer = setTimeout(() => {
      readEvidence().then(setEvidence, () => undefined);
    });
    return () => clearTimeout(timer);
  }, []);
  return evidence;
}

/** Prepares the search piece by piece while nobody waits for it. */
export function useWarmIndex(index: SearchIndex): void {
  useEffect(() => {
    let timer = setTimeout(function warm() {
      if (index.warm()) timer = setTimeout(warm);
    });
    return () => clearTimeout(timer);
  }, [index]);
}
