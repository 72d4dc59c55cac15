/** A few seeds; `npm run fuzz -- --worlds 200` tries as many as are asked for. */
import { expect, it } from 'vitest';
import { tryWorlds } from './second-world.ts';

it.each([7001, 7002, 7003])('the second world of seed %i: nothing reported but what is hidden', async (seed) => {
  const tried = await tryWorlds({ seeds: [seed], orgs: 18 });
  expect(tried).toHaveLength(3);
  expect(tried.filter(({ wrong }) => wrong.length > 0)).toEqual([]);
});
