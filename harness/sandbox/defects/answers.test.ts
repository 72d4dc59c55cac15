/** Answers that hold nothing, or that tell of something else than was asked for: as they stand on the wire. */
import { describe, expect, it } from 'vitest';
import { endpointOf, endpointsOf, inEndpoint, withDefect } from '../testing/changes.ts';
import { list, text } from '../testing/session.ts';

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];
const ORGS = { orgs: 30 };
const LISTS = ['charges', 'usages', 'entities', 'organizations'];

describe('answer-hollow', () => {
  const kinds = new Set<string>();

  it.each([
    ['error-body', (now: object) => 'message' in now && 'code' in now && !('id' in now)],
    ['empty', (now: object) => Object.keys(now).length === 0],
    [
      'charges-null',
      (now: object) => LISTS.some((name) => name in now && (now as Record<string, unknown>)[name] === null),
    ],
    ['next-renamed', (now: object) => 'nextLink' in now && !('nextUri' in now)],
  ])('%s, with status 200 and in one kind of answer', async (variant, shows) => {
    for (const seed of SEEDS) {
      await withDefect(
        `answer-hollow[${variant}]`,
        ({ defect, changes }) => {
          expect(defect).toMatchObject({ id: 'answer-hollow', variant, outcome: 'not-comparable' });
          expect(endpointsOf(changes)).toHaveLength(1);
          for (const { path, now } of changes) {
            kinds.add(endpointOf(path));
            expect(shows(now), path).toBe(true);
          }
        },
        { seed, ...ORGS },
      );
    }
  });

  it('has been seen in every kind of answer', () => {
    const all = ['contract', 'contracts', 'lines', 'organization', 'organizations', 'overview', 'period'];
    expect([...kinds].sort()).toEqual(all);
  });

  it('leaves answers about everyone alone where something else is hidden, too', async () => {
    for (const seed of SEEDS) {
      await withDefect('answer-hollow*2', ({ changes }) => expect(endpointsOf(changes)).not.toContain('contracts'), {
        seed,
        ...ORGS,
      });
    }
  });

  it('says which half of the lines it leaves out, under another name', () =>
    withDefect('answer-hollow[next-renamed]', async ({ changes, clean }) => {
      const [change] = changes;
      const path = text(change?.now['nextLink']);
      const others = list((await clean.json(path))['entities']);
      const seen = list(change?.now['entities']);
      expect(others.length).toBeGreaterThan(0);
      if (endpointOf(change?.path ?? '') === 'lines') {
        expect([...seen, ...others].map(({ id }) => id)).toEqual(list(change?.was['entities']).map(({ id }) => id));
      }
    }));
});

describe('answer-of-another', () => {
  /** What says whose it is, by kind of answer. */
  const NAMES: Readonly<Record<string, readonly string[]>> = {
    period: ['id'],
    contract: ['externalNumber', 'id'],
    organization: ['orgId', 'orgName'],
    overview: ['organization', 'selfUri'],
    lines: ['selfUri'],
  };
  const kinds = new Set<string>();

  it.each(SEEDS)('names another, and nothing else changes: seed %i', (seed) =>
    withDefect(
      'answer-of-another',
      ({ changes }) => {
        expect(changes.length).toBeGreaterThan(0);
        for (const { path, was, now } of changes) {
          const kind = endpointOf(path);
          kinds.add(kind);
          const differing = Object.keys(was).filter((name) => JSON.stringify(was[name]) !== JSON.stringify(now[name]));
          expect(differing.sort()).toEqual(NAMES[kind]);
        }
        expect(inEndpoint(changes, endpointOf(changes[0]?.path ?? ''))).toHaveLength(changes.length);
      },
      { seed, ...ORGS },
    ),
  );

  it('has been seen in several kinds of answers', () => {
    expect(kinds.size).toBeGreaterThan(3);
  });
});
