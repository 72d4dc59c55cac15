/** What axe objects to in a page. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright/test';

/**
 * In one frame, and without lists of what is right: our pages have no frames, and those lists take longer than the rules.
 * @param where selectors of what is looked at; empty: the whole page
 * @returns `rule: selectors` of each place
 */
export async function violations(page: Page, where: readonly string[] = []): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  const found = await where.reduce((all, place) => all.include(place), axe).analyze();
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}
