/** One contract and one billing period of it, through the real client, for tests of what is made of them. */
import { isoDate } from '../../domain/billing-period.ts';
import type { ContractSide } from '../../domain/contract-side.ts';
import type { PeriodEndReading } from '../../domain/policy.ts';
import { capturePeriods } from '../contract-api/capture.ts';
import { normaliseContracts, readContracts } from '../contract-api/normalise.ts';
import { periodsConcerned } from '../contract-api/periods-concerned.ts';
import { type Told, telling } from './answers.ts';
import { captureAll } from './contract-capture.ts';

const BASE = '/api/v2/billing/contracts';

export const ORGS = [{ id: 'a', name: 'Alpha' }];
export const PRODUCT = { id: 'p', sku: 'PC-1', name: 'Wallboard', unitOfMeasure: 'User' };
const APRIL = { id: 'k-4', dateStart: '2026-04-01', dateEnd: '2026-04-30', status: 'Open' };

export interface Bodies {
  /** Of contract `k`, over its usual body. */
  readonly contract?: object;
  /** Its entry in the listing; left out: as by id. */
  readonly listed?: object;
  /** Of period `k-4`, over a body without charges and wallets. */
  readonly period?: object;
  readonly reading?: PeriodEndReading;
  /** Further answers by path. */
  readonly more?: Readonly<Record<string, Told>>;
}

export async function contractSide({ contract = {}, listed, period = {}, reading = 'auto', more = {} }: Bodies) {
  const usual = { id: 'k', status: 'Active', dateStart: '2025-07-01', dateEnd: '2026-06-30', billingPeriods: [APRIL] };
  const byId = { ...usual, plans: [], ...contract };
  const transport = telling({
    [`${BASE}?pageSize=10`]: { body: { entities: [listed === undefined ? byId : { ...byId, ...listed }] } },
    [`${BASE}/k`]: { body: byId },
    [`${BASE}/k/billingperiods/k-4`]: { body: { ...APRIL, charges: [], wallets: [], ...period } },
    [`${BASE}/invoices?pageSize=200`]: { body: { entities: [] } },
    ...more,
  });
  const input = { transport, plan: () => undefined };
  const capture = await captureAll(input);
  const { contracts } = readContracts(capture, reading);
  const wanted = periodsConcerned(contracts, { kind: 'open' }, isoDate('2026-04-20'), new Map());
  const periods = await capturePeriods(input, wanted);
  const side: ContractSide = normaliseContracts(capture, periods, reading);
  return { side, asked: transport.asked };
}
