/** All defects that can be hidden, by their permanent ids. */
import { answerDefects } from './answers.ts';
import { bookDefects } from './books.ts';
import { bundleDefects } from './bundle.ts';
import { contractDetailDefects } from './contract-detail.ts';
import { countsZero, coverageDefects } from './coverage.ts';
import type { Defect } from './defect.ts';
import { invoiceDefects } from './invoices.ts';
import { legacyDefects } from './legacy.ts';
import { namelessDefects } from './nameless.ts';
import { cutBilledTwice, overageDefects } from './overage.ts';
import { partsOffDefects } from './parts-off.ts';
import { planDefects } from './plans.ts';
import { quantityDefects } from './quantity.ts';
import { rateDefects } from './rate.ts';
import { readingDefects } from './readings.ts';
import { roundingDefects } from './rounding.ts';
import { termDefects } from './term.ts';
import { walletDefects } from './wallets.ts';
import { wireDefects } from './wire.ts';

/** Those that a comparison passes in silence unless it asks of every record what became of it. */
export const SILENT_DEFECTS: readonly Defect[] = [
  ...answerDefects,
  ...contractDetailDefects,
  ...namelessDefects,
  countsZero,
  ...partsOffDefects,
  ...planDefects,
  ...legacyDefects,
  cutBilledTwice,
  ...invoiceDefects,
  ...walletDefects,
  ...readingDefects,
];

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
  ...SILENT_DEFECTS,
];

export const DEFECT_IDS: readonly string[] = DEFECTS.map(({ id }) => id);
