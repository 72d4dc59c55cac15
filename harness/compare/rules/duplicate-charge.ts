/** The same charge twice in one billing period. */
import { ascending, group } from 'd3-array';
import { decimal, isZero, ZERO } from '../../domain/decimal.ts';
import { shortHash } from '../../domain/short-hash.ts';
import { readPair } from '../pairs/read-pair.ts';
import { Groups } from '../scope/groups.ts';
import { type ExaminedCharge, examinedCharges } from './invariant-charges.ts';
import { orZero } from './invariant-outcome.ts';
import { type Examination, examinationOf, Observer } from './invariant-scope.ts';
import { EQUAL } from './outcome.ts';
import { planGroups, plansOfCharge } from './plan-groups.ts';
import { actualQuantity, committedQuantity } from './quantity.ts';
import type { Observation, Outcome, SideRule, Sides } from './rule.ts';

function* examine(sides: Sides): Generator<Observation> {
  const examination = examinationOf(sides);
  const observer = new Observer();
  const byPeriod = group(examinedCharges(examination), ({ charge: { ref } }) => `${ref.contractId}/${ref.periodId}`);
  for (const [period, charges] of byPeriod) {
    for (const alike of heapsOf(charges)) {
      const [first] = alike;
      if (first === undefined) continue;
      const subject = `${period}/${first.charge.ref.chargeId ?? shortHash(first.charge.likeness)}`;
      yield observer.observe({ ...first.scope, subject }, outcomeOf(alike, sides, examination));
    }
  }
}

/** Charges that are one and the same, by id or by all else; in the order of ids. */
function heapsOf(charges: readonly ExaminedCharge[]): Iterable<readonly ExaminedCharge[]> {
  const alike = new Groups();
  for (const charge of charges) alike.join(namesOf(charge));
  return group([...charges].sort(inOrder), ({ charge }) => alike.rootOf(`as ${charge.likeness}`)).values();
}

const namesOf = ({ charge: { ref, likeness } }: ExaminedCharge): readonly string[] => [
  `as ${likeness}`,
  ...(ref.chargeId === null ? [] : [`id ${ref.chargeId}`]),
];

const orderKey = ({ charge: { ref, likeness, at } }: ExaminedCharge): string =>
  `${ref.chargeId ?? ''} ${likeness} ${at.exchange} ${at.pointer}`;
const inOrder = (a: ExaminedCharge, b: ExaminedCharge): number => ascending(orderKey(a), orderKey(b));

function outcomeOf(alike: readonly ExaminedCharge[], sides: Sides, examination: Examination): Outcome {
  const [first, second] = alike;
  if (first === undefined || second === undefined) return EQUAL;
  const ids = [...new Set(alike.map(({ charge }) => charge.ref.chargeId ?? 'without an id'))];
  const isSameId = ids.length < alike.length;
  if (!isSameId && (plansAccount(alike, examination) || legacyAccounts(first, sides))) return EQUAL;
  const how = ids.length === 1 ? `with the same id (${ids[0]})` : `alike in all but their ids (${ids.join(', ')})`;
  return {
    kind: 'different',
    legacy: null,
    contract: { value: String(alike.length), raw: null, at: second.charge.at, derivation: `${alike.length} charges` },
    delta: decimal(alike.length - 1),
    sentence: `the billing period has ${alike.length} charges ${how}`,
  };
}

/** As many plans as charges, or plans that commit to just what the charges state together: blocks that run side by side. */
function plansAccount(alike: readonly ExaminedCharge[], examination: Examination): boolean {
  const [first] = alike;
  if (first === undefined) return false;
  // A plan for one organisation of a shared charge accounts for a part of it only.
  const whole = plansOfCharge(first).filter(
    ({ orgs }) => orgs.length === 0 || first.orgs.every((org) => orgs.some(({ id }) => id === org.id)),
  );
  if (whole.length >= alike.length) return true;
  const planned = planGroups(examination).get(first);
  if (planned?.prepaid === null || planned?.committed === null || planned === undefined) return false;
  return !isZero(planned.prepaid) && planned.committed.includes(planned.prepaid);
}

/** Legacy states for the pair what all its charges make together. */
function legacyAccounts({ charge, pair }: ExaminedCharge, { alignment = null, policy }: Sides): boolean {
  if (pair === null || alignment === null) return false;
  const bills = orZero(charge.actual) !== ZERO || orZero(charge.prepaid) !== ZERO;
  const read = readPair(pair, alignment.readings);
  return bills && [actualQuantity, committedQuantity].every((rule) => rule.compare(read, policy)?.kind === 'equal');
}

export const duplicateCharge: SideRule = {
  id: 'duplicate-charge',
  category: 'coverage',
  looksAt: 'sides',
  title: 'Duplicate charge',
  doc: 'Within one billing period of one contract no charge comes twice: not with the same id, and not with another id and all else alike, unless the plans (as many as the charges, or committing to just their sum) or legacy (whose figures are those of all of them together) account for both. Duplicates stay in the sums that are compared, because the contract side would bill them.',
  example: 'contract "charges":[{"id":"c1","sku":"PC-170-NV-WALLB",…},{"id":"c1","sku":"PC-170-NV-WALLB",…}]',
  examine,
};
