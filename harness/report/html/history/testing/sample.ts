/** A history with everything in it that the page can show, hostile names too. */
import { addDays, isoDate } from '../../../../domain/billing-period.ts';
import type { CauseMark, History, Night, NightStanding } from '../../../../domain/history.ts';

const HOSTILE = '<img src=x onerror="globalThis.hacked=1">\u202e';
const FIRST = isoDate('2026-04-20');
const STANDINGS: readonly NightStanding[] = [
  ...Array<NightStanding>(6).fill('mismatch'),
  'missing',
  'mismatch',
  'inconclusive',
  ...Array<NightStanding>(5).fill('parity'),
];
const MARKS: readonly CauseMark[] = [
  ...Array<CauseMark>(5).fill('present'),
  'lingering',
  'unknown',
  'waived',
  'unknown',
  ...Array<CauseMark>(5).fill('absent'),
];

const nightOf = (standing: NightStanding, at: number): Night => ({
  date: addDays(FIRST, at),
  standing,
  run: standing === 'missing' ? null : runOf(standing, at),
  others: at === 10 ? [{ dir: `us-nightly/${at}-first`, verdict: 'mismatch', mismatches: 3, narrower: false }] : [],
});

const runOf = (standing: NightStanding, at: number): NonNullable<Night['run']> => ({
  dir: `us-nightly/${at}`,
  id: `run-${at}`,
  finishedAt: `${addDays(FIRST, at)}T02:00:00.000Z`,
  sources: { legacy: 'live', contract: 'live' },
  parity: standing === 'mismatch' ? '97.5' : '100',
  coverage: standing === 'inconclusive' ? '32.5' : '100',
  coverageMet: standing !== 'inconclusive',
  gate: { mode: 'enforce', met: standing === 'parity', checks: [] },
  money:
    standing === 'mismatch'
      ? [
          { currency: 'USD', overBilled: '0.00', underBilled: String(1200 - 100 * at) },
          { currency: 'JPY', overBilled: '884521', underBilled: '120' },
        ]
      : [],
  causes: MARKS[at] === 'present' ? 1 : 0,
  mismatches: standing === 'mismatch' ? 12 : 0,
  unexplained: 0,
  waived: 2,
  waivers: { used: 1 },
  moneyWaived: [],
  expiredWaivers: 0,
  orgs: { expected: 40, atParity: standing === 'parity' ? 40 : 31 },
  lacks: null,
  differences: [],
  scenarioSha256: 'a'.repeat(64),
  version: '0.1.0',
  sha256: { result: 'b'.repeat(64), findings: 'c'.repeat(64) },
  snapshot: null,
});

const NIGHTS = STANDINGS.map(nightOf);
const NEWEST = addDays(FIRST, STANDINGS.length - 1);

export const HISTORY: History = {
  today: NEWEST,
  runs: 13,
  scenarios: [
    {
      scenario: 'us-nightly',
      nights: NIGHTS,
      row: { length: 5, from: addDays(FIRST, 9), brokenOn: addDays(FIRST, 8), brokenBy: 'inconclusive' },
      cycles: [
        { month: '2026-03', standing: 'partial', orgs: 13, expected: 40, since: null },
        { month: '2026-04', standing: 'parity', orgs: 40, expected: 40, since: isoDate('2026-05-01') },
        { month: '2026-05', standing: 'running', orgs: 2, expected: 40, since: null },
      ],
      cycleRow: 1,
      causes: [
        {
          id: 'bundle-ignored',
          title: HOSTILE,
          sku: 'PC-170-NV-WALLB',
          first: FIRST,
          last: addDays(FIRST, 4),
          goneSince: addDays(FIRST, 9),
          marks: MARKS,
          explains: 12,
          moneyAtRisk: [],
        },
      ],
      events: [
        { date: FIRST, kind: 'bad', text: `new root cause: ${HOSTILE}` },
        { date: addDays(FIRST, 9), kind: 'good', text: 'at parity for 5 nights' },
      ],
      waivers: [
        { reason: HOSTILE, owner: 'billing@example.com', ticket: null, expires: '2026-05-30', findings: 2, money: [] },
      ],
      customers: [
        {
          id: 'org-1',
          name: HOSTILE,
          ready: false,
          standing: 'mismatch',
          nights: 0,
          since: null,
          closedCycles: 0,
          waived: 1,
          why: '2 mismatches, the first: overage-rate of PC-170-NV-WALLB',
        },
        {
          id: 'org-2',
          name: null,
          ready: true,
          standing: 'parity',
          nights: 5,
          since: FIRST,
          closedCycles: 1,
          waived: 0,
          why: '',
        },
      ],
      readiness: {
        policy: { cutover: isoDate('2026-07-31'), nights: 14, closedCycles: 2 },
        standing: 'on-course',
        daysToCutover: 89,
        requirements: [
          {
            name: 'nights',
            needed: 14,
            have: 5,
            met: false,
            since: addDays(FIRST, 8),
            earliest: isoDate('2026-05-12'),
            inTime: true,
            says: '5 nights in a row at parity, 14 needed; 2026-04-28 was inconclusive',
          },
        ],
        since: null,
        earliest: isoDate('2026-06-01'),
        cautions: ['2 mismatches are accepted by waivers, not gone.'],
      },
    },
    {
      scenario: 'without-policy',
      nights: [nightOf('parity', 0)],
      row: { length: 1, from: FIRST, brokenOn: null, brokenBy: null },
      cycles: [],
      cycleRow: 0,
      causes: [],
      events: [],
      waivers: [],
      customers: null,
      readiness: null,
    },
  ],
  leftOut: [{ dir: HOSTILE, why: 'holds no result.json: the run was interrupted, or is still going on' }],
};
