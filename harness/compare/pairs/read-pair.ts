/** From the lines of a pair to its figures. Pure, so that a hypothesis can read the same pair from other lines. */

import type { Readings } from '../scope/readings.ts';
import { billsOf } from './bill.ts';
import { conversionOf } from './conversion.ts';
import type { Pair, PairMaterial } from './pair.ts';
import { readContract } from './read-contract.ts';
import { readLegacy } from './read-legacy.ts';

const read = new WeakMap<Readings, WeakMap<PairMaterial, Pair>>();

/** The same pair for the same material and readings. */
export function readPair(material: PairMaterial, readings: Readings): Pair {
  let known = read.get(readings);
  if (known === undefined) {
    known = new WeakMap();
    read.set(readings, known);
  }
  let pair = known.get(material);
  if (pair === undefined) {
    pair = freshPair(material, readings);
    known.set(material, pair);
  }
  return pair;
}

function freshPair(material: PairMaterial, readings: Readings): Pair {
  const conversion = conversionOf(material.product, material.legacyLines);
  const legacy = readLegacy(material, readings.bundle, readings.units);
  const contract = readContract(material, legacy, conversion, readings);
  const pair = { ...material, legacy, contract, conversion, unitWords: readings.units };
  return { ...pair, bills: billsOf(pair) };
}
