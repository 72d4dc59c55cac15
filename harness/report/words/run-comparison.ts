/** One run against another in words, the same on the terminal and in Markdown. */
import type { Change, ChangeKind, RunComparison } from '../../domain/run-comparison.ts';
import type { Finding } from '../../domain/run-result.ts';
import { counted } from './common.ts';
import { moneyWords, reasonOf } from './finding.ts';
import { safeText } from './safe-text.ts';

export const KIND_WORDS: Readonly<Record<ChangeKind, { readonly glyph: string; readonly title: string }>> = {
  new: { glyph: '✗', title: 'New' },
  changed: { glyph: '△', title: 'Changed' },
  persisting: { glyph: '=', title: 'Persisting' },
  unverified: { glyph: '?', title: 'Gone, but not shown to be fixed' },
  'not-looked-at': { glyph: '?', title: 'Not looked at' },
  waived: { glyph: '⚑', title: 'Waived since' },
  tolerated: { glyph: '≈', title: 'Within tolerance since' },
  fixed: { glyph: '✓', title: 'Fixed' },
};

/** What one must look at first: new, then what grew, then what cannot be said. */
export const LISTED: readonly ChangeKind[] = [
  'new',
  'changed',
  'unverified',
  'not-looked-at',
  'waived',
  'tolerated',
  'fixed',
];

/** `3 new, 2 changed (1 worse), 40 persisting`; kinds of which there are none are left out. */
export function countWords({ counts }: RunComparison): string {
  const words: readonly (readonly [number, string])[] = [
    [counts.new, 'new'],
    [counts.changed, counts.worse > 0 ? `changed (${counts.worse} worse)` : 'changed'],
    [counts.persisting, 'persisting'],
    [counts.unverified, 'gone, but not shown to be fixed'],
    [counts['not-looked-at'], 'not looked at'],
    [counts.waived, 'waived since'],
    [counts.tolerated, 'within tolerance since'],
    [counts.fixed, 'fixed'],
  ];
  const there = words.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  return there.length === 0 ? 'No mismatch in either run' : there.join(', ');
}

/** What is compared with what, and whether that is all. */
export function checksWords({ checks }: RunComparison): string {
  if (checks === null) return 'How many checks both runs made is not known.';
  const { both, onlyBefore, onlyAfter } = checks;
  const alone = [
    onlyBefore > 0 ? `${onlyBefore} only by the earlier` : null,
    onlyAfter > 0 ? `${onlyAfter} only by the later` : null,
  ].filter((part) => part !== null);
  return `${counted(both, 'check')} made by both runs${alone.length === 0 ? '' : `, ${alone.join(', ')}`}.`;
}

const STANDING: Readonly<Partial<Record<Change['before']['status'], string>>> = {
  match: 'agreed before',
  tolerated: 'was within tolerance before',
  waived: 'was waived before',
  unstable: 'moved while it was read before',
  'not-comparable': 'could not be compared before',
  'not-made': 'was not checked before',
  unknown: 'the earlier run does not say whether it was checked',
};

/** The finding that a row is about: the later one, if there is one. */
export const findingOf = ({ before, after }: Change): Finding | null => after.finding ?? before.finding;

/** Money of the run that the row tells of: of what is gone, the money that went with it. */
export function amountWords({ before, after, kind }: Change): string {
  const was = before.finding === null ? '' : moneyWords(before.finding);
  const is = after.finding === null ? '' : moneyWords(after.finding);
  if (kind !== 'changed' || was === is) return kind === 'new' || kind === 'changed' ? is : was;
  return `${was || 'no money'} → ${is || 'no money'}`;
}

/** One sentence; made safe for one line of text. */
export function changeWords(change: Change): string {
  const { kind, before, after, trend, why } = change;
  const [was, is] = [before.finding, after.finding];
  const also = why === null ? '' : `; ${safeText(why)}`;
  switch (kind) {
    case 'new':
      return `${is === null ? '' : reasonOf(is)}; ${STANDING[before.status] ?? ''}`;
    case 'changed': {
      const how = trend === 'other' ? 'otherwise' : trend;
      return `${how}: ${is === null ? '' : reasonOf(is)}; before: ${was === null ? '' : reasonOf(was)}${also}`;
    }
    case 'unverified':
    case 'not-looked-at':
      return safeText(why ?? '');
    case 'waived': {
      const waiver = is?.waiver ?? null;
      return waiver === null ? 'waived' : safeText(`${waiver.reason} (${waiver.owner}, until ${waiver.expires})`);
    }
    default:
      return `before: ${was === null ? '' : reasonOf(was)}${also}`;
  }
}

/** Changes of one kind: what grew first, and without those that follow from another one in the list. */
export function rowsOf({ changes }: RunComparison, kind: ChangeKind): readonly Change[] {
  const of = changes.filter((change) => change.kind === kind);
  const ids = new Set(of.map(({ id }) => id));
  const own = of.filter((change) => !ids.has(findingOf(change)?.derivedFrom ?? ''));
  return [...own.filter(({ trend }) => trend === 'worse'), ...own.filter(({ trend }) => trend !== 'worse')];
}

/** `Fixed: 5 (2 of them follow from others)`. */
export function titleOf(comparison: RunComparison, kind: ChangeKind): string {
  const all = comparison.counts[kind];
  const following = all - rowsOf(comparison, kind).length;
  return `${KIND_WORDS[kind].title}: ${all}${following > 0 ? ` (${following} of them ${following === 1 ? 'follows' : 'follow'} from others)` : ''}`;
}
