/** The scenario as people write it. The published JSON Schema is generated from here; docs/scenario.md explains each field. */
import { z } from 'zod';
import { API_VERSIONS } from '../domain/api-version.ts';
import { parseDate } from '../domain/billing-period.ts';
import { CAUSE_IDS } from '../domain/cause-ids.ts';
import type { PeriodChoice } from '../domain/policy.ts';
import { REGIONS, USAGE_API_ORIGIN } from '../domain/regions.ts';
import { RULE_IDS } from '../domain/rule-ids.ts';
import {
  anyDecimal,
  commaList,
  currency,
  currencyKey,
  date,
  isDate,
  list,
  map,
  nonNegative,
  oneOf,
  organisationId,
  origin,
  pattern,
  ratio,
  text,
  upTo,
  wholeNumber,
  yesOrNo,
} from './leaf.ts';
import { USAGE_FIELDS } from './scenario.ts';

const region = (description: string) => oneOf(REGIONS as readonly [string, ...string[]], description);

const platform = {
  region: region('AWS name of the region that the OAuth client belongs to. Or give apiUrl and loginUrl.').optional(),
  apiUrl: origin('Address of the platform API, where region does not say it. Needs loginUrl.').optional(),
  loginUrl: origin('Address of the login service, where region does not say it. Needs apiUrl.').optional(),
  clientId: text('Id of an OAuth client (client credentials grant).'),
  clientSecret: text(`Secret of the OAuth client; write \${NAME} and keep it in the environment.`),
};

const contract = map(
  {
    ...platform,
    withoutPermission: map(
      {
        clientId: text('Id of the second OAuth client.'),
        clientSecret: text(`Its secret; write \${NAME} and keep it in the environment.`),
      },
      'A second client that lacks the permission: `validate` asks with it once, to see how it is refused. Left out: that is not looked at.',
    ).optional(),
  },
  'The contract side: the Contract & Billing API.',
);

const usageApi = map(
  {
    baseUrl: origin('Address of the legacy usage API.').prefault(USAGE_API_ORIGIN),
    apiKey: text(`Key for the header x-api-key; write \${NAME} and keep it in the environment.`),
    fields: z
      .partialRecord(z.enum(USAGE_FIELDS), text('The name on the wire.'), { error: 'a map' })
      .describe('Our name of a field: its name on the wire, where the API spells one otherwise.')
      .optional(),
  },
  'Premium Applications - Usage API.',
);

/** Left out, what legacy says of a period that may cost nothing is not compared in money. */
const useCost = (what: string) =>
  oneOf(['free', 'charged', 'unknown'], `${what} unknown: overage of such a period is not comparable.`).prefault(
    'unknown',
  );

const product = map(
  {
    partNumber: text('Part number on the legacy side.'),
    sku: z
      .union(
        [
          text('One SKU.', 'a SKU, or a list of SKUs'),
          list(text('One of the SKUs.'), 'a SKU, or a list of SKUs', 'Several SKUs.'),
        ],
        {
          error: 'a SKU, or a list of SKUs',
        },
      )
      .describe('SKU on the contract side; a list where several stand for one part number. Left out: the part number.')
      .optional(),
    factor: ratio(
      'Contract units for one legacy unit, a decimal or a ratio ("1/17"): legacy quantities × factor, legacy rates ÷ factor.',
    ).prefault('1'),
    kind: oneOf(
      ['user', 'sum', 'peak', 'site'],
      'How usage adds up over the parts of a period: sum adds, the others take the maximum. Left out: as the legacy grouping says.',
    ).optional(),
    trial: useCost('What the use of a trial subscription costs.'),
    ramp: useCost("What use in the ramp period costs; third parties' applications are charged in it."),
    expected: map(
      {
        currency: currency('Currency of both rates.').optional(),
        committedRate: nonNegative('Price of one committed unit for one billing period.').optional(),
        overageRate: nonNegative('Price of one unit of overage.').optional(),
      },
      'Rate card: what both sides must state (rule rate-card).',
    ).optional(),
  },
  'A legacy product and what stands for it on the contract side.',
);

const app = map(
  {
    appId: pattern(
      /^[^\s,]+$/,
      'an application id without spaces and commas',
      'Id of the application on the legacy usage API.',
    ),
    products: list(product, 'a list of products', 'The products of the application.'),
  },
  'One application.',
);

const organisation = map(
  {
    id: organisationId('Id of the organisation; upper and lower case are the same.'),
    region: pattern(
      /^[a-z]+(?:-[a-z]+)+-\d+$/,
      'an AWS region such as us-east-1',
      'AWS name of the region of the organisation.',
    ),
    name: text('For people only.').optional(),
  },
  'One organisation.',
);

const orgs = z
  .union(
    [z.literal('discover'), list(organisation, 'discover, or a list of organisations', 'Only these organisations.')],
    {
      error: 'discover, or a list of organisations',
    },
  )
  .describe('Who is compared: discover (everyone the legacy regions know), or a list of organisations.')
  .prefault('discover');

const PERIOD = 'open, last-closed, or a date yyyy-MM-dd within the period';
const period = z
  .union(
    [
      z.enum(['open', 'last-closed']),
      z.string().refine(isDate, { error: PERIOD, abort: true }).meta({ format: 'date' }),
    ],
    { error: PERIOD },
  )
  .transform((value): PeriodChoice => {
    if (value === 'open' || value === 'last-closed') return { kind: value };
    const day = parseDate(value);
    return day === null ? z.NEVER : { kind: 'date', date: day };
  })
  .describe('The billing period compared: open, last-closed, or the one that contains this date.')
  .prefault('open');

const tolerance = map(
  {
    absolute: nonNegative("Difference allowed, in the rule's own unit (units, money, days).").optional(),
    relative: upTo(
      1,
      'a share from 0 to 1 ("0.01" is 1 %)',
      'Share of the greater value allowed; "0.01" is 1 %.',
    ).optional(),
    when: oneOf(['open', 'closed'], 'Only in periods of this status. Left out: in all.').optional(),
  },
  'How far a rule may be off.',
);

const amounts = (description: string) =>
  z.record(currencyKey, nonNegative('Amount.'), { error: 'a map of currency codes and amounts' }).describe(description);

const waiver = map(
  {
    rule: oneOf(RULE_IDS, 'Id of the rule. Or give cause.', 'a rule id (docs/rules.md lists them)').optional(),
    cause: oneOf(
      CAUSE_IDS,
      'Id of a root cause: all that it explains. Or give rule.',
      'the id of a root cause (docs/rules.md lists them)',
    ).optional(),
    org: organisationId('Organisation. Left out: any.').optional(),
    sku: text('SKU or part number. Left out: any.').optional(),
    appId: text('Application. Left out: any.').optional(),
    period: date('A date within the period it is for. Left out: any.').optional(),
    reason: text('Why the mismatch is accepted.', 'the reason why this mismatch is accepted'),
    owner: text('Who answers for it.', 'the owner who answers for it'),
    ticket: text('Where it is followed up.').optional(),
    expires: date('Last day on which it holds.'),
    delta: anyDecimal('The difference accepted, contract − legacy. Of a rule only. Left out: any.').optional(),
    maxMoney: amounts(
      'By currency, the money accepted in all that it covers, both directions added; with more, all of it is a mismatch again. A currency not listed may have none. Left out: any.',
    ).optional(),
  },
  'One accepted mismatch.',
);

const gate = map(
  {
    mode: oneOf(['enforce', 'report'], 'report: always exit with 0, and say what enforce would do.').prefault(
      'enforce',
    ),
    minParity: upTo(100, 'a percentage from 0 to 100', 'Percent of compared cells that must agree.').prefault('100'),
    minCoverage: upTo(100, 'a percentage from 0 to 100', 'Percent of expected cells that must be comparable.').prefault(
      '100',
    ),
    maxMoneyAtRisk: amounts(
      'By currency, the most money at risk in either direction. A currency not listed may have none. Left out: no limit.',
    ).optional(),
    maxWaivedMoney: amounts(
      'By currency, the most money in either direction that waivers may cover. A currency not listed may have none. Left out: no limit.',
    ).optional(),
    failOnDrift: yesOrNo('Whether a field that is new or gone on the wire is a mismatch.').prefault(false),
  },
  'What a run must reach.',
);

const readiness = map(
  {
    cutover: date('The day on which the legacy side is switched off.'),
    nights: wholeNumber(1, 366, 'Nights in a row at parity, up to now.').optional(),
    closedCycles: wholeNumber(
      1,
      24,
      'Closed billing cycles in a row at parity. Only runs that compare closed periods tell of them (period: last-closed).',
    ).optional(),
  },
  'What must hold before the cutover; `parity history` says how far it is.',
);

const checks = map(
  {
    listingDetail: oneOf(
      ['auto', 'full', 'none'],
      'Contracts by id beside their listing. auto: all of up to 500, of closed periods and in validate; else a sample of 2 %, at least 20. Whatever is chosen, contracts whose listing lacks what is compared are asked for.',
    ).prefault('auto'),
    invoices: oneOf(
      ['period', 'all', 'none'],
      'Invoices whose lines are asked for. period: those dated on or after the first day that is compared; all of them with last-closed and in validate.',
    ).prefault('period'),
  },
  'What is asked for beside what is compared itself.',
);

const limits = map(
  {
    concurrency: wholeNumber(1, 256, 'Requests under way at once, both sides together.').prefault('8'),
    requestsPerMinute: wholeNumber(1, 1_000_000, 'For each credential. Default 300; 60000 with sandbox.').optional(),
    timeoutSeconds: wholeNumber(1, 3600, 'For one request.').prefault('30'),
    retries: wholeNumber(0, 20, 'Further tries after a failure that may pass.').prefault('5'),
    maxBodyMegabytes: wholeNumber(1, 1024, 'An answer with a larger body is given up (1 is 1,048,576 bytes).').prefault(
      '64',
    ),
  },
  'How hard the APIs may be asked.',
);

const DEFECT =
  /^(?!(?:all|none)$)[a-z]+(?:-[a-z]+)*(?:\[[a-z]+(?:-[a-z]+)*\])?(?:\*[1-9]\d{0,4})?(?:@[^\s,:]+(?::[^\s,]+)?)?$/;
const DEFECTS = 'all, none, or defects such as rate-off or rate-off@org:sku, as a list or with commas';
const CLOTHES = /^(?!(?:all|none)$)[a-z]+(?:-[a-z]+)*$/;
const WEAR = 'all, none, or ids such as decimal-spelling, as a list or with commas';
const sandbox = map(
  {
    seed: wholeNumber(0, 2_147_483_647, 'The same seed gives the same world for ever.').prefault('42'),
    orgs: wholeNumber(1, 100_000, 'How many organisations the world has.').prefault('40'),
    shapes: oneOf(
      ['usual', 'rare'],
      'Kinds of accounts. rare: those that are met less often, such as several contracts at once; its products are its own. Left out: usual.',
    ).optional(),
    clothes: z
      .union([z.enum(['all', 'none']), commaList(CLOTHES, WEAR, 'Some of them.')], { error: WEAR })
      .describe('Other ways in which both sides say the same: all, none, or a list of ids. Left out: the usual ones.')
      .optional(),
    today: date('The day at which the world stands, 2026-04-20 or later. Left out: 2026-04-20.').optional(),
    defects: z
      .union([z.enum(['all', 'none']), commaList(DEFECT, DEFECTS, 'Some of them.')], { error: DEFECTS })
      .describe('What is hidden: all, none, or a list of ids (id, id*count, id@org, id@org:sku; id[variant] for id).')
      .prefault('none'),
    faults: commaList(
      /^[^\s,]+$/,
      'faults as a list or with commas',
      'Faults of the network that the sandbox plays.',
    ).optional(),
    usagePrices: yesOrNo('false: the usage API states no prices. Left out: it does.').optional(),
    apiVersion: oneOf(API_VERSIONS, 'The contract API as it was or may become. Left out: as it is.').optional(),
  },
  'Both sides are served by the embedded sandbox; nothing leaves the machine.',
);

export const scenarioSchema = map(
  {
    version: z.literal('1', { error: '1, the only version there is' }).meta({
      description: 'Version of this format.',
      type: 'integer',
      const: 1,
    }),
    name: pattern(
      /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,79}$/u,
      'a name of letters, digits, dots, dashes and underscores (it names a folder)',
      'Name of the scenario; its reports lie in a folder of this name.',
    ),
    legacy: map(
      { usageApi: usageApi.optional(), partnerBilling: map(platform, 'Partner Billing Usage API.').optional() },
      'The legacy side: one of both APIs or both. Left out: only `validate` can run the scenario.',
    ).optional(),
    contract: contract.optional(),
    apps: list(app, 'a list of applications', 'Which products are compared.').optional(),
    orgs,
    period,
    periodEnd: oneOf(
      ['inclusive', 'exclusive', 'auto'],
      "How end dates of the contract side are read; auto: as adjacent periods show, and for contracts and ramps as the contract's periods show.",
    ).prefault('auto'),
    bundleQuantity: oneOf(
      ['multiplier', 'allowance', 'ignore'],
      'How the legacy bundleQuantity is read: committed units = prepayQuantity × it, or added as an allowance, or not at all.',
    ).prefault('multiplier'),
    tolerances: z
      .partialRecord(z.enum(RULE_IDS), tolerance, { error: 'a map of rule ids' })
      .describe('By rule id; a rule that is left out must agree exactly.')
      .prefault({}),
    waivers: z.array(waiver, { error: 'a list of waivers' }).describe('Accepted mismatches.').prefault([]),
    gate: gate.prefault({}),
    readiness: readiness.optional(),
    units: z
      .record(text('Legacy word.'), list(text('Contract word.'), 'a list of words', 'Contract words.'), {
        error: 'a map of words',
      })
      .describe('Words for units that mean the same, added to the built-in table: legacy word: [contract words].')
      .prefault({}),
    checks: checks.prefault({}),
    limits: limits.prefault({}),
    sandbox: sandbox.optional(),
  },
  'A scenario of Cutover Parity.',
);

/** A scenario file that keeps the schema; what its parts mean together is checked and resolved beyond it. */
export type ScenarioFile = z.output<typeof scenarioSchema>;
