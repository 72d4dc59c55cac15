/** The two legacy APIs against each other, wherever both speak of the same thing. */
import { subtract } from '../../domain/decimal.ts';
import type { LegacySubscription } from '../../domain/legacy-side.ts';
import type { Line } from '../../domain/line.ts';
import { type OrgRef, orgId, productKey } from '../../domain/side.ts';
import { EQUAL, moreOrLess } from '../outcome.ts';
import { agreed, type KnownReading, type Reading, readingOf, statementOf, total } from '../reading.ts';
import type { Observation, Outcome, SideRule, Sides } from '../rule.ts';
import { breaks, cannotSay } from './invariant-outcome.ts';
import { type Examination, examinationOf, Observer } from './invariant-scope.ts';

type Field = 'committed' | 'bundle' | 'included' | 'actual' | 'committedRate' | 'overageRate' | 'currency';

const QUANTITIES = {
  committed: 'committed quantity',
  included: 'included quantity',
  actual: 'actual quantity',
} as const;
const RATES = {
  bundle: 'bundle quantity',
  committedRate: 'committed rate',
  overageRate: 'overage rate',
} as const;

/** Rows of one organisation, part number and billing period, by the API that states them. */
interface Rows {
  readonly subscription: LegacySubscription;
  readonly usage: Line[];
  readonly partner: Line[];
}

function* examine(sides: Sides): Generator<Observation> {
  const examination = examinationOf(sides);
  const observer = new Observer();
  for (const { subscription, usage, partner } of rowsOf(examination)) {
    const [first] = usage;
    if (first === undefined || partner.length === 0) continue;
    const group = examination.products.byPartNumber(first.product);
    for (const [field, outcome] of compared(usage, partner)) {
      const scope = examination.scope({
        side: 'legacy',
        subject: field,
        orgs: [subscription.org],
        region: subscription.region,
        appId: group?.appId ?? null,
        sku: group?.sku ?? null,
        partNumber: first.product,
        period: first.period,
      });
      yield observer.observe(scope, outcome);
    }
  }
  for (const { org, region, source, message } of unheard(examination)) {
    const scope = examination.scope({ side: 'legacy', subject: source, orgs: [org], region });
    yield observer.observe(scope, cannotSay('legacy', null, `${NAMES[source]} could not be read: ${message}`));
  }
}

const NAMES: Readonly<Record<LegacySubscription['source'], string>> = {
  'usage-api': 'the usage API',
  'partner-billing': 'partner billing',
};

interface Unheard {
  readonly org: OrgRef;
  readonly region: string | null;
  readonly source: LegacySubscription['source'];
  readonly message: string;
}

/** Organisations of which one legacy API answered and the other failed to: nobody can say whether they agree. */
function unheard(examination: Examination): readonly Unheard[] {
  const { legacy } = examination.sides;
  const found = new Map<string, Unheard>();
  for (const { subject, source, message } of legacy?.failures ?? []) {
    if (subject.kind !== 'organisation' || source === 'contract-api') continue;
    const { org, region } = subject;
    if (!examination.concerns([org])) continue;
    const id = orgId(org.id);
    const told = legacy?.subscriptions.some((each) => orgId(each.org.id) === id && each.source !== source);
    const key = `${id} ${source}`;
    const before = found.get(key);
    if (told && (before === undefined || message < before.message)) found.set(key, { org, region, source, message });
  }
  return [...found.values()];
}

function rowsOf(examination: Examination): Rows[] {
  const rows = new Map<string, Rows>();
  for (const subscription of examination.sides.legacy?.subscriptions ?? []) {
    if (!examination.concerns([subscription.org])) continue;
    for (const line of subscription.lines) {
      if (examination.products.byPartNumber(line.product) === undefined) continue;
      const key = `${subscription.org.id}|${productKey(line.product)}|${line.period.start}|${line.period.end}`;
      let found = rows.get(key);
      if (found === undefined) {
        found = { subscription, usage: [], partner: [] };
        rows.set(key, found);
      }
      found[line.source === 'usage-api' ? 'usage' : 'partner'].push(line);
    }
  }
  return [...rows.values()];
}

/** A figure that one of them leaves out is no disagreement. */
function* compared(usage: readonly Line[], partner: readonly Line[]): Generator<[Field, Outcome]> {
  for (const [field, noun] of Object.entries(QUANTITIES) as [keyof typeof QUANTITIES, string][]) {
    const read = (lines: readonly Line[]): Reading =>
      total(
        lines.map((line) => readingOf(line[field], noun)),
        'rows',
      );
    const outcome = judge(read(usage), read(partner), noun, true);
    if (outcome !== null) yield [field, outcome];
  }
  for (const [field, noun] of Object.entries(RATES) as [keyof typeof RATES, string][]) {
    const read = (lines: readonly Line[]): Reading =>
      agreed(
        lines.map((line) => readingOf(line[field], noun)),
        `${noun.replace(/y$/, 'ie')}s`,
      );
    const outcome = judge(read(usage), read(partner), noun, true);
    if (outcome !== null) yield [field, outcome];
  }
  const currencies = (lines: readonly Line[]): Reading<string> =>
    agreed(
      lines.map((line) => readingOf(line.currency, 'currency')),
      'currencies',
    );
  const outcome = judge(currencies(usage), currencies(partner), 'currency', false);
  if (outcome !== null) yield ['currency', outcome];
}

function judge(usage: Reading<string>, partner: Reading<string>, noun: string, isNumber: boolean): Outcome | null {
  if (usage.state === 'absent' || partner.state === 'absent') return null;
  if (usage.state === 'unclear') return cannotSay('legacy', statementOf(usage), `usage API: ${usage.reason}`);
  if (partner.state === 'unclear') return cannotSay('legacy', statementOf(usage), `partner billing: ${partner.reason}`);
  if (usage.value === partner.value) return EQUAL;
  const delta = isNumber ? difference(usage, partner) : null;
  const place = partner.at === null ? '' : ` at ${partner.at.pointer} of its answer`;
  const more = delta === null ? '' : ` (${moreOrLess(delta)})`;
  const sentence = `${noun}: the usage API says ${usage.value}, partner billing says ${partner.value}${more}${place}`;
  return breaks('legacy', statementOf(usage), delta, sentence);
}

/** Partner billing − usage API. */
const difference = (usage: KnownReading<string>, partner: KnownReading<string>) =>
  subtract((partner as KnownReading<never>).value, (usage as KnownReading<never>).value);

export const sourcesRule: SideRule = {
  id: 'source-agreement',
  category: 'invariant',
  looksAt: 'sides',
  title: 'The two legacy APIs say the same',
  doc: 'With both legacy APIs in a scenario: for each organisation, part number and billing period that both state, the committed, included and actual quantities, `bundleQuantity`, both rates and the currency. Rows of one part number add up. A figure that one of them leaves out is no disagreement; an API that could not be read is not comparable. The delta is partner billing − usage API. The contract side votes: whichever of the three the two others contradict is named.',
  example: 'usage API "usageQuantity":"15" · partner billing "usageQuantity":"14"',
  examine,
};
