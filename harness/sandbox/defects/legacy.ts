/** What the legacy side says: several rows of one part number, trials, a minimum, and a second source of other dates. */

import {
  add,
  compareDecimals,
  type Decimal,
  decimal,
  multiply,
  ONE,
  round,
  subtract,
  sum,
  ZERO,
} from '../../domain/decimal.ts';
import { minorUnit } from '../../domain/money.ts';
import type { RuleId } from '../../domain/rule-ids.ts';
import type { Edit } from '../edit.ts';
import type { Json, JsonObject } from '../json.ts';
import type { LegacyRow } from '../legacy-book/book.ts';
import { openPeriod } from '../world/build.ts';
import type { Account, Figures, Organisation, Period, RateStep, World } from '../world/facts.ts';
import { figuresOf, overageOf, rateOn } from '../world/figures.ts';
import { type Defect, inAccount, inCharges, type Place, sameProduct } from './defect.ts';
import { figuresAt, holderAt, isPositive, overageAt, overageRateAt } from './place-facts.ts';

const HALF = decimal('0.5');
const TWO = decimal(2);

interface Half {
  readonly prepay: Decimal;
  readonly usage: Decimal;
}

/** Two rows that add up to the figures: the first leaves units unused that the second needs. Null: there is no room for it. */
function halvesOf({ committed, actual }: Figures): readonly [Half, Half] | null {
  const first = round(multiply(committed, HALF), 0, 'down');
  const short = subtract(committed, actual);
  const unused = isPositive(short) ? add(round(short, 0, 'down'), ONE) : ONE;
  const usage = subtract(first, unused);
  if (compareDecimals(usage, ZERO) < 0) return null;
  return [
    { prepay: first, usage },
    { prepay: subtract(committed, first), usage: subtract(actual, usage) },
  ];
}

const isUseRow =
  ({ holding }: Place) =>
  ({ partNumber, grouping }: LegacyRow): boolean =>
    partNumber === holding.product.partNumber && grouping === holding.grouping;

const rowsPooled: Defect = {
  id: 'rows-pooled',
  title: 'Two legacy rows of one product are netted in one charge',
  rules: ['overage-quantity'],
  cause: 'pooled-overage',
  scope: 'product',
  hide: (place, { world }) => {
    const { account, holding, org } = place;
    const { bundle, included } = holderAt(place);
    if (holding.product.skus.length > 1 || account.cut !== null) return 'needs one SKU in a period that nothing cuts';
    if (holding.pooled || holding.wallet || holding.product.kind === 'site')
      return 'needs a charge of one organisation';
    if (included !== null || (bundle !== null && bundle !== ONE))
      return 'needs a commitment without fair use and bundle';
    const figures = figuresAt(world, place);
    if (compareDecimals(figures.committed, TWO) < 0 || overageRateAt(place) === null)
      return 'needs a commitment of two';
    const halves = halvesOf(figures);
    if (halves === null) return 'needs more use';
    const isUse = isUseRow(place);
    const inTwo = (row: LegacyRow): readonly LegacyRow[] => {
      const two = halvesOf({ committed: row.prepay, included: null, actual: row.usage });
      return two === null ? [row] : two.map((half) => ({ ...row, ...half }));
    };
    const edit: Edit = {
      account: account.index,
      legacyRows: (rows, at) => (at.org === org ? rows.flatMap((row) => (isUse(row) ? inTwo(row) : [row])) : rows),
    };
    const over = sum(
      halves.map(({ prepay, usage }) => overageOf({ committed: prepay, included: null, actual: usage })),
    );
    const note = `legacy states two rows, ${over} over; the charge nets them to ${overageOf(figures)}`;
    return inCharges(place, edit, note);
  },
};

const DAY = 86_400_000;

const dayLater = (instant: Json | undefined): string =>
  new Date(Date.parse(String(instant)) + DAY).toISOString().replace('.000Z', 'Z');

const sourcesShifted: Defect = {
  id: 'sources-shifted',
  title: 'The two legacy APIs disagree, and their periods differ by a day',
  rules: ['source-agreement'],
  cause: null,
  scope: 'account',
  needs: 'partner-billing',
  hide: (place, { random, world }) => {
    const by = decimal(random.int(1, 9));
    const { account, org, holding } = place;
    if (openPeriod(account).start >= world.today) return 'needs a billing period that began before today';
    const isUse = isUseRow(place);
    const edit: Edit = {
      account: account.index,
      partnerRow: (row, at) =>
        at.org === org && sameProduct(place, at.holding) && isUse(row) ? { ...row, prepay: add(row.prepay, by) } : row,
      answer: (answer, body) =>
        answer.endpoint === 'overview' && answer.org === org
          ? {
              ...body,
              billingPeriodStartDate: dayLater(body['billingPeriodStartDate']),
              billingPeriodEndDate: dayLater(body['billingPeriodEndDate']),
            }
          : body,
    };
    const note = `partner billing's period is a day later, with ${by} more committed of ${holding.product.partNumber}`;
    return { edits: [edit], orgs: [org], skus: [], note };
  },
};

/** What legacy bills an organisation in a period for all that it holds of the account. */
function billOf(world: World, account: Account, org: Organisation, period: Period): Decimal {
  return sum(
    account.holdings.flatMap((holding) => {
      const holder = holding.holders.find((each) => each.org === org);
      if (holder === undefined) return [];
      const { price, overagePrice } = rateOn(holding.rates, period.start);
      const figures = figuresOf(world.seed, holding, holder, period);
      return [multiply(figures.committed, price), multiply(overageOf(figures), overagePrice ?? ZERO)];
    }),
  );
}

const minimumNotMet: Defect = {
  id: 'minimum-not-met',
  title: 'minimumMonthlyAmount is above the sum of all rows',
  rules: ['minimum-monthly-amount'],
  cause: null,
  scope: 'account',
  outcome: 'not-comparable',
  needs: 'partner-billing',
  hide: (place, { world, random }) => {
    const { account, org } = place;
    const more = decimal(random.int(100, 5000));
    const minimum = (period: Period): Decimal =>
      round(add(multiply(billOf(world, account, org, period), TWO), more), minorUnit(account.currency), 'up');
    const edit: Edit = {
      account: account.index,
      answer: (answer, body) =>
        answer.endpoint === 'overview' && answer.org === org
          ? { ...body, minimumMonthlyAmount: minimum(answer.period) }
          : body,
    };
    return {
      edits: [edit],
      orgs: [org],
      skus: [],
      note: `the minimum is more than twice what the rows of ${org.name} cost`,
    };
  },
};

const TRIAL = 'FREE_TRIAL_MONTH_TO_MONTH';
const OVERAGE_RULES: readonly RuleId[] = ['overage-quantity', 'overage-charge', 'overage-rate', 'charge-arithmetic'];

/** Both legacy APIs call the subscription a trial. */
const asTrial = (body: JsonObject): JsonObject => ({ ...body, subscriptionType: TRIAL });

const trial = (defect: Pick<Defect, 'id' | 'title' | 'outcome'>, note: string, rates: Pick<Edit, 'rates'>): Defect => ({
  ...defect,
  rules: OVERAGE_RULES,
  cause: null,
  scope: 'account',
  hide: (place, { world }) => {
    if (overageRateAt(place) === null || !isPositive(overageAt(world, place))) {
      return 'needs overage that costs something';
    }
    const edit: Edit = {
      account: place.account.index,
      ...rates,
      answer: ({ endpoint }, body) => (endpoint === 'organization' || endpoint === 'overview' ? asTrial(body) : body),
    };
    return inAccount(place, edit, note);
  },
});

const trialBilled = trial(
  {
    id: 'trial-billed',
    title: 'Legacy says that the subscription is a trial, the contract side bills its use',
    outcome: 'not-comparable',
  },
  'a trial, whose use is billed',
  {},
);

const free = (step: RateStep): RateStep => ({ ...step, overagePrice: step.overagePrice === null ? null : ZERO });

const trialFree = trial(
  {
    id: 'trial-free',
    title: 'Legacy says that the subscription is a trial, the contract side bills none of its use',
    outcome: 'outside-coverage',
  },
  'a trial, whose use costs nothing on the contract side',
  { rates: (rates) => rates.map(free) },
);

export const legacyDefects: readonly Defect[] = [rowsPooled, sourcesShifted, minimumNotMet, trialBilled, trialFree];
