/** The two legacy APIs against each other, wherever both speak of the same thing. */
import { subtract } from '../../domain/decimal.ts';
import type { Figure } from '../../domain/figure.ts';
import type { LegacySubscription } from '../../domain/legacy-side.ts';
import type { Line } from '../../domain/line.ts';
import { type OrgRef, orgId, productKey } from '../../domain/side.ts';
import { type Reading, readingOf, statementOf, together, total, valueIn } from '../pairs/reading.ts';
import { isNonzero } from '../scope/contract-index.ts';
import type { Facts, StatedParts } from '../scope/family-facts.ts';
import { UnitWords } from '../scope/units.ts';
import { breaks, cannotSay } from './invariant-outcome.ts';
import { type About, type Examination, examinationOf, Observer } from './invariant-scope.ts';
import { compareValues, EQUAL, moreOrLess } from './outcome.ts';
import type { Observation, Outcome, SideRule, Sides } from './rule.ts';
import { type BothSources, bothSources, rowsOf, type SourceRows } from './source-rows.ts';

type Field = 'committed' | 'bundle' | 'included' | 'actual' | 'committedRate' | 'overageRate' | 'currency' | 'unit';

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

function* examine(sides: Sides): Generator<Observation> {
  const examination = examinationOf(sides);
  const observer = new Observer();
  const both = bothSources(examination);
  const stated = statedAnywhere(both, examination, sides.familyFacts ?? null);
  for (const one of both) {
    const [first] = one.usage;
    const about = {
      side: 'legacy',
      orgs: [one.org],
      region: one.usage.length === 1 ? (first?.region ?? null) : null,
    } as const;
    if (one.partner === null || first === undefined) {
      const shown = one.shown.map(({ start, end }) => `${start} to ${end}`).join(', ');
      const reason = `partner billing shows ${shown || 'no period that can be read'}, which is another billing period than the usage API’s: nothing of it can be held against that`;
      // The usage API shows the running period alone.
      const expected = sides.policy.period.kind === 'open';
      yield observer.observe(examination.scope({ ...about, subject: 'partner-billing' }), {
        ...cannotSay('legacy', null, reason),
        expected,
      });
      continue;
    }
    for (const [subject, outcome] of datesOf(first, one.partner)) {
      yield observer.observe(examination.scope({ ...about, subject }), outcome);
    }
    for (const rows of rowsOf(one, examination)) {
      for (const [field, outcome] of rowOutcomes(rows, stated, new UnitWords(sides.policy.units))) {
        yield observer.observe(examination.scope(aboutRows(about, field, rows, examination)), outcome);
      }
    }
  }
  for (const { org, region, source, message } of notAnswered(examination)) {
    const scope = examination.scope({ side: 'legacy', subject: source, orgs: [org], region });
    yield observer.observe(scope, cannotSay('legacy', null, `${NAMES[source]} could not be read: ${message}`));
  }
  for (const { org, source, told } of unknownToOne(examination)) {
    const scope = examination.scope({ side: 'legacy', subject: source, orgs: [org], region: told.region });
    const reason = `${NAMES[source]} does not know the organisation (status 404), so that ${NAMES[told.source]} alone speaks for it`;
    yield observer.observe(scope, { ...cannotSay('legacy', null, reason), expected: false });
  }
}

function aboutRows(
  about: Pick<About, 'side' | 'orgs' | 'region'>,
  subject: string,
  { partNumber, usage, partner }: SourceRows,
  { products }: Examination,
): About {
  const group = products.byPartNumber(partNumber);
  const [line] = [...usage, ...partner];
  return {
    ...about,
    subject,
    appId: group?.appId ?? null,
    sku: group?.sku ?? null,
    partNumber,
    period: line?.period ?? null,
  };
}

/** As these sides show it, where both APIs answered. */
export function statedParts(sides: Sides): StatedParts {
  const examination = examinationOf(sides);
  return statedAnywhere(bothSources(examination), examination, null);
}

/** A part number of which one API states figures for an organisation, and the other has no row. */
interface OneSourced {
  readonly partNumber: string;
  readonly silent: keyof StatedParts;
}

/** That the APIs agree here rests on the silent one stating the part number for nobody. */
export function partsOfOneSource(sides: Sides): readonly OneSourced[] {
  const examination = examinationOf(sides);
  const rows = bothSources(examination)
    .filter(({ partner }) => partner !== null)
    .flatMap((one) => rowsOf(one, examination));
  return rows.flatMap(({ partNumber, usage, partner }): OneSourced[] => {
    const key = productKey(partNumber);
    if (usage.some(isNonzero) && partner.length === 0) return [{ partNumber: key, silent: 'partner' }];
    return partner.some(isNonzero) && usage.length === 0 ? [{ partNumber: key, silent: 'usage' }] : [];
  });
}

/** Part numbers that each API states for anyone in the run: of those, saying nothing is saying that there is none. */
function statedAnywhere(
  both: readonly BothSources[],
  examination: Examination,
  earlierFamilies: Facts | null,
): StatedParts {
  const found = { usage: new Set(earlierFamilies?.stated.usage), partner: new Set(earlierFamilies?.stated.partner) };
  for (const one of both) {
    for (const { partNumber, usage, partner } of rowsOf(one, examination)) {
      if (usage.some(isNonzero)) found.usage.add(productKey(partNumber));
      if (partner.some(isNonzero)) found.partner.add(productKey(partNumber));
    }
  }
  return found;
}

function* rowOutcomes(rows: SourceRows, stated: StatedParts, units: UnitWords): Generator<[Field | 'listed', Outcome]> {
  const { usage, partner, partNumber } = rows;
  if (usage.length > 0 && partner.length > 0) {
    yield* compared(usage, partner, units);
    return;
  }
  const [lines, silent, name] =
    usage.length > 0
      ? ([usage, stated.partner, 'partner billing does not list it'] as const)
      : ([partner, stated.usage, 'the usage API does not list it'] as const);
  const line = lines.find(isNonzero);
  if (line === undefined || !silent.has(productKey(partNumber))) return;
  const who = NAMES[line.source as LegacySubscription['source']];
  const statement = { value: partNumber, raw: null, at: line.at, derivation: null };
  yield ['listed', breaks('legacy', statement, null, `${who} states figures for ${partNumber}, ${name}`)];
}

const DATES = {
  'contract start': ({ term }: LegacySubscription) => term.contractStart,
  'contract end': ({ term }: LegacySubscription) => term.contractEnd,
  'ramp start': ({ term }: LegacySubscription) => term.rampStart,
  'ramp end': ({ term }: LegacySubscription) => term.rampEnd,
  'period start': ({ periodStart }: LegacySubscription) => periodStart,
  'period end': ({ periodEnd }: LegacySubscription) => periodEnd,
  'subscription type': ({ subscriptionType }: LegacySubscription) => subscriptionType,
} as const satisfies Readonly<Record<string, (of: LegacySubscription) => Figure<string>>>;

function* datesOf(usage: LegacySubscription, partner: LegacySubscription): Generator<[string, Outcome]> {
  for (const [noun, figure] of Object.entries(DATES)) {
    const read = (of: LegacySubscription): Reading<string> => readingOf<string>(figure(of), noun);
    const outcome = judge(read(usage), read(partner), noun, false);
    if (outcome !== null) yield [noun, outcome];
  }
}

const NAMES: Readonly<Record<LegacySubscription['source'], string>> = {
  'usage-api': 'the usage API',
  'partner-billing': 'partner billing',
};

interface NotAnswered {
  readonly org: OrgRef;
  readonly region: string | null;
  readonly source: LegacySubscription['source'];
  readonly message: string;
}

/** Organisations of which one legacy API answered and the other failed to: nobody can say whether they agree. */
function notAnswered(examination: Examination): readonly NotAnswered[] {
  const { legacy } = examination.sides;
  const found = new Map<string, NotAnswered>();
  for (const { subject, source, message } of legacy?.failures ?? []) {
    if (subject.kind !== 'organisation' || source === 'contract-api') continue;
    const { org, region } = subject;
    if (!examination.concerns([org])) continue;
    const id = orgId(org.id);
    const contradicted = legacy?.subscriptions.some((each) => orgId(each.org.id) === id && each.source !== source);
    const key = `${id} ${source}`;
    const before = found.get(key);
    if (contradicted && (before === undefined || message < before.message))
      found.set(key, { org, region, source, message });
  }
  return [...found.values()];
}

interface UnknownToOne {
  readonly org: OrgRef;
  /** The API that does not know it. */
  readonly source: LegacySubscription['source'];
  /** What the other API answered. */
  readonly told: LegacySubscription;
}

/** Organisations that one legacy API knows and the other answers 404 for: neither has to know all customers. */
function unknownToOne(examination: Examination): readonly UnknownToOne[] {
  const { legacy } = examination.sides;
  return (legacy?.unknownOrgs ?? []).flatMap(({ org, source }): UnknownToOne[] => {
    if (source === 'contract-api' || !examination.concerns([org])) return [];
    const told = legacy?.subscriptions.find((each) => orgId(each.org.id) === orgId(org.id) && each.source !== source);
    return told === undefined ? [] : [{ org, source, told }];
  });
}

/** A figure that one of them leaves out is no disagreement. */
function* compared(usage: readonly Line[], partner: readonly Line[], units: UnitWords): Generator<[Field, Outcome]> {
  const each = (lines: readonly Line[], field: Field, noun: string): Reading<string>[] =>
    lines.map((line) => readingOf<string>(line[field], noun));
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
    const outcome = judge(together(each(usage, field, noun)), together(each(partner, field, noun)), noun, true);
    if (outcome !== null) yield [field, outcome];
  }
  const currency = judge(
    together(each(usage, 'currency', 'currency')),
    together(each(partner, 'currency', 'currency')),
    'currency',
    false,
  );
  if (currency !== null) yield ['currency', currency];
  const [mine, theirs] = [each(usage, 'unit', 'unit'), each(partner, 'unit', 'unit')];
  const unit = judge(together(mine, units.same), together(theirs, units.same), 'unit', false, units.same);
  if (unit !== null) yield ['unit', unit];
}

function judge(
  usage: Reading<string>,
  partner: Reading<string>,
  noun: string,
  isNumber: boolean,
  same: (a: string, b: string) => boolean = (a, b) => a === b,
): Outcome | null {
  if (usage.state === 'absent' || partner.state === 'absent') return null;
  if (usage.state === 'unclear') return cannotSay('legacy', statementOf(usage), `usage API: ${usage.reason}`);
  if (partner.state === 'unclear') return cannotSay('legacy', statementOf(usage), `partner billing: ${partner.reason}`);
  if (compareValues(usage, partner, same) === 'same') return EQUAL;
  const delta = isNumber ? difference(usage, partner) : null;
  const place = partner.at === null ? '' : ` at ${partner.at.pointer} of its answer`;
  const more = delta === null ? '' : ` (${moreOrLess(delta)})`;
  const stated = (reading: Reading<string>): string | null => statementOf(reading).value;
  const sentence = `${noun}: the usage API says ${stated(usage)}, partner billing says ${stated(partner)}${more}${place}`;
  return breaks('legacy', statementOf(usage), delta, sentence);
}

/** Partner billing − usage API; null where either states several values. */
function difference(usage: Reading<string>, partner: Reading<string>) {
  const [a, b] = [valueIn(usage as Reading), valueIn(partner as Reading)];
  return a === null || b === null ? null : subtract(b, a);
}

export const sourcesRule: SideRule = {
  id: 'source-agreement',
  category: 'invariant',
  looksAt: 'sides',
  title: 'The two legacy APIs say the same',
  doc: 'With both legacy APIs in a scenario: for each organisation and billing period that both state (periods a few days apart are one, and their dates disagree), the dates and the subscription type; and for each part number the committed, included and actual quantities, `bundleQuantity`, both rates, currency and unit. Rows of one part number add up. A figure that one of them leaves out is no disagreement; a product with figures that only one of them lists is one, if the other lists that product for anyone in the run. An API that shows another period, or that could not be read, is not comparable; nor is one that does not know the organisation (404), which is outside coverage. The delta is partner billing − usage API. The contract side votes: whichever of the three the two others contradict is named.',
  example: 'usage API "usageQuantity":"15" · partner billing "usageQuantity":"14"',
  examine,
};
