/** All defects that can be hidden, by their permanent ids. */
import { bookDefects } from './books.ts';
import { bundleDefects } from './bundle.ts';
import { coverageDefects } from './coverage.ts';
import type { Defect } from './defect.ts';
import { overageDefects } from './overage.ts';
import { quantityDefects } from './quantity.ts';
import { rateDefects } from './rate.ts';
import { roundingDefects } from './rounding.ts';
import { termDefects } from './term.ts';
import { wireDefects } from './wire.ts';

export const DEFECTS: readonly Defect[] = [
  ...coverageDefects,
  ...quantityDefects,
  ...bundleDefects,
  ...overageDefects,
  ...roundingDefects,
  ...rateDefects,
  ...termDefects,
  ...bookDefects,
  ...wireDefects,
];

export const DEFECT_IDS: readonly string[] = DEFECTS.map(({ id }) => id);
