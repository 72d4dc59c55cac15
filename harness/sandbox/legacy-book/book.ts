/** What the legacy side writes down, apart from how it comes by it. */
import type { Decimal } from '../../domain/decimal.ts';

/** One element of `usages`. */
export interface LegacyRow {
  readonly appId: string;
  readonly name: string;
  readonly partNumber: string;
  readonly grouping: string;
  readonly unit: string;
  readonly prepay: Decimal;
  readonly usage: Decimal;
  readonly prepayPrice: Decimal | null;
  readonly overagePrice: Decimal | null;
  readonly bundle: Decimal | null;
}
