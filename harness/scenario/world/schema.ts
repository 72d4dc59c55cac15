/** The YAML of a partner's own world, as people write it: `parity sandbox --world`. */
import { z } from 'zod';
import {
  currency,
  date,
  list,
  map,
  nonNegative,
  oneOf,
  organisationId,
  pattern,
  positive,
  text,
  wholeNumber,
} from '../leaf.ts';

const product = map(
  {
    appId: pattern(
      /^[^\s,]+$/,
      'an application id without spaces and commas',
      'Id of the application on the legacy usage API.',
    ),
    partNumber: text('Part number on the legacy side.'),
    sku: z
      .union(
        [
          text('One SKU.', 'a SKU, or a list of SKUs'),
          list(text('One of two.'), 'a SKU, or a list of SKUs', 'Two SKUs.'),
        ],
        {
          error: 'a SKU, or a list of SKUs',
        },
      )
      .describe('SKU on the contract side, or two whose charges add up. Left out: the part number.')
      .optional(),
    name: text('Name of the product.'),
    kind: oneOf(['user', 'sum', 'peak', 'site'], 'How use adds up over a period.'),
    units: map(
      {
        legacy: text('Word of the legacy side: seat, message, unit …'),
        contract: text('Word of the contract side: User, Message, Unit …'),
      },
      'Unit of measure.',
    ),
    unitsPerToken: positive('So many units cost one token. Left out: tokens do not pay for it.').optional(),
  },
  'A product.',
);

const holding = map(
  {
    product: text('Part number of one of the products.'),
    committed: wholeNumber(0, 1_000_000_000, 'Committed units, before bundle.').prefault('0'),
    bundle: wholeNumber(1, 1_000_000, 'Multiplies the committed units (bundleQuantity).').optional(),
    included: wholeNumber(0, 1_000_000_000, 'Fair-use allowance.').optional(),
    price: nonNegative('Price of one committed unit for one billing period.'),
    overagePrice: nonNegative('Price of one unit of overage. Left out: overage costs nothing.').optional(),
    use: nonNegative('Use in the open billing period.'),
    earlier: list(
      nonNegative('Use in one period.'),
      'a list of decimals',
      'Use in the periods before, the newest first; the last one stands for all before it. Left out: as in the open period.',
    ).optional(),
  },
  'A product that the organisation holds.',
);

const organisation = map(
  {
    id: organisationId('Id of the organisation.'),
    name: text('Its name.'),
    region: pattern(/^[a-z]+(?:-[a-z]+)+-\d+$/, 'an AWS region such as us-east-1', 'AWS name of its region.'),
    currency: currency('Currency of all its prices.'),
    subscriptionType: oneOf(
      ['PREPAY', 'PREPAY_MONTHLY_COMMITMENT', 'MONTH_TO_MONTH', 'DEV_ORG_PREPAY'],
      'As the legacy side calls it.',
    ).prefault('PREPAY'),
    contractStart: date('First day of its contract; its day of the month begins its billing periods.'),
    termYears: wholeNumber(1, 10, 'Years of a term; terms follow each other. Left out: month to month.').optional(),
    holdings: list(holding, 'a list of holdings', 'What it holds.'),
  },
  'An organisation.',
);

export const worldSchema = map(
  {
    version: z.literal('1', { error: '1, the only version there is' }),
    products: list(product, 'a list of products', 'What is sold.'),
    organisations: list(organisation, 'a list of organisations', 'Who buys it.'),
  },
  'A world of the sandbox.',
);

export type WorldYaml = z.output<typeof worldSchema>;
