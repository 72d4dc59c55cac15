import { expect, it } from 'vitest';
import { CAUSE_IDS } from '../../domain/cause-ids.ts';
import { HYPOTHESES } from './registry.ts';

it('each cause that a scenario may waive is one that is looked for, in the same order', () => {
  expect(HYPOTHESES.map(({ id }) => id)).toEqual(CAUSE_IDS);
});
