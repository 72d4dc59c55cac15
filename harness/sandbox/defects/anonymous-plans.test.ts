import { expect, it } from 'vitest';
import { TODAY } from '../world/clock.ts';
import { buildRareWorld } from '../world/rare.ts';
import { spellingsOf } from '../world/spellings.ts';
import { inject } from './inject.ts';

/** Where plans name nobody, another plan of the SKU, or a plan in place of the charge, is as good as an own one. */
it.each(['plan-of-another', 'product-dropped'])('%s is not hidden where plans name nobody', (id) => {
  const world = buildRareWorld(21, 60, TODAY, false, spellingsOf('all'));
  const places = world.accounts.flatMap(({ holdings }) =>
    holdings
      .filter(({ anonymousPlan }) => anonymousPlan === true)
      .map(({ holders, product }) => `${id}@${holders[0]?.org.id}:${product.skus[0]}`),
  );
  expect(places.length).toBeGreaterThan(0);
  for (const place of places)
    expect(() => inject(world, [place]), place).toThrow(/needs (plans that name|organisations that are charged)/);
});
