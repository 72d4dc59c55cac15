/** 100,000 pairs aligned, compared, judged and explained in one process, against reading both sides' JSON once. */
import { compare } from '../dist/compare/compare.js';
import { PARTS, policy, worldOf } from './parts/world.mjs';

const ORGS = 20_000;
/** One pair in so many differs, in one of three ways. */
const EVERY = 50;

const { legacy, contract } = worldOf(ORGS, EVERY);
const text = JSON.stringify({ legacy, contract });
let peak = 0;
let last = null;

export default {
  name: `compare: ${(ORGS * PARTS.length).toLocaleString('en')} pairs, one in ${EVERY} wrong`,
  rounds: 5,
  warmUp: 1,
  cases: {
    'JSON.parse of both sides': () => JSON.parse(text),
    'align, compare, judge, explain': () => {
      last = compare(legacy, contract, policy);
      peak = Math.max(peak, process.memoryUsage().rss);
      return last;
    },
  },
  notes: () => {
    const { counts, rootCauses, unexplained } = last;
    const cells = Object.values(counts).reduce((sum, count) => sum + count, 0);
    const causes = rootCauses.map(({ id, explains }) => `${id} explains ${explains}`).join(', ');
    return `${cells.toLocaleString('en')} cells, ${counts.mismatch} mismatches: ${causes || 'no cause'}, ${unexplained} unexplained; ${Math.round(peak / 1e6)} MB of memory at most`;
  },
};
