/** Pairs aligned, compared, judged and explained in one process, against reading both sides' JSON once. */
import { compare } from '../dist/compare/compare.js';
import { PARTS, policy, worldOf } from './parts/world.mjs';

const ORGS = 5000;
/** One pair in so many differs, in one of three ways. */
const EVERY = 50;

/** Made when it is first asked for: other benchmarks read this file, too. */
let world = null;
const sides = () => {
  if (world === null) {
    const { legacy, contract } = worldOf(ORGS, EVERY);
    world = { legacy, contract, text: JSON.stringify({ legacy, contract }) };
  }
  return world;
};
let peak = 0;
let last = null;

export default {
  name: `compare: ${(ORGS * PARTS.length).toLocaleString('en')} pairs, one in ${EVERY} wrong`,
  rounds: 5,
  warmUp: 1,
  cases: {
    'JSON.parse of both sides': () => JSON.parse(sides().text),
    'align, compare, judge, explain': () => {
      const { legacy, contract } = sides();
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
