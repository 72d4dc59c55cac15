/** All defects that can be hidden, by their permanent ids. */
import { coverageDefects } from './coverage.ts';
import type { Defect } from './defect.ts';
import { overageDefects } from './overage.ts';
import { quantityDefects } from './quantity.ts';
import { rateDefects } from './rate.ts';
import { termDefects } from './term.ts';

export const DEFECTS: readonly Defect[] = [
  ...coverageDefects,
  ...quantityDefects,
  ...overageDefects,
  ...rateDefects,
  ...termDefects,
];

export const DEFECT_IDS: readonly string[] = DEFECTS.map(({ id }) => id);
