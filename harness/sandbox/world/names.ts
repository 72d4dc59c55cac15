/** Names and regions of the made-up organisations. */
import type { Random } from './random.ts';

const STEMS = [
  'Ångström Freight',
  'Müller & Söhne',
  'Café São João',
  'Łódź Telecom',
  'O’Neill Assurance',
  'Ørsted Retail',
  'Ελλάς Tours',
  '東京メディカル',
  'Señor Tapas',
  'Northwind Bank',
  'Cloudberry Travel',
  'Pacific Utilities',
  'Zürich Logistik',
  'Québec Énergie',
  'Сибирь Авиа',
  'Highland Water',
  'Blue Harbour Clinics',
  'Crêperie Bleue',
  'Kowhai Insurance',
  'Dvořák Stores',
];

const PLACES = ['Group', 'Europe', 'Services', 'International', 'Pty Ltd', 'GmbH', 'Inc.', 'K.K.', 'S.A.', 'Holding'];

/** Organisations live in the first ones; the last one stays empty, as a region with zero counts. */
export const ORG_REGIONS: readonly string[] = ['us-east-1', 'us-east-1', 'eu-west-1', 'ap-southeast-2', 'eu-central-1'];
export const EMPTY_REGION = 'sa-east-1';

export const organisationName = (random: Random, index: number): string =>
  `${random.pick(STEMS)} ${random.pick(PLACES)} ${index + 1}`;
