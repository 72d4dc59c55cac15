/** Whether each app id, part number and SKU of a scenario is known to its side, and which one may have been meant. */
import { productKey } from '../domain/side.ts';
import { didYouMean } from '../scenario/nearest.ts';
import type { LoadedScenario } from '../scenario/scenario.ts';
import type { Check } from './doctor-check.ts';
import type { Seen, ServedByUsageApi } from './served.ts';

const MOST_NAMED = 12;

export function appChecks({ apps }: ServedByUsageApi): Check[] {
  return [...apps].map(([appId, count]) => {
    const what = `app ${appId}`;
    if (count !== null && count > 0) {
      return {
        what,
        outcome: 'good',
        words: `${count} ${count === 1 ? 'organisation' : 'organisations'} by the regions' count`,
      };
    }
    const known = [...apps].filter(([, other]) => (other ?? 0) > 0).map(([other]) => other);
    return {
      what,
      outcome: 'bad',
      words: `${count === null ? 'no region counts it' : 'every region counts 0 organisations'}${didYouMean(appId, known)}`,
      remedy:
        'Look at how the app id is spelt, and whether the API key serves it (one key serves the apps that it was made for).',
    };
  });
}

export const partNumberChecks = ({ policy }: LoadedScenario, seen: Seen): Check[] =>
  policy.products.map(({ partNumber }) =>
    known(`part number ${partNumber}`, partNumber, seen, 'organisations', 'partNumber'),
  );

export const skuChecks = ({ policy }: LoadedScenario, seen: Seen): Check[] =>
  [...new Set(policy.products.flatMap(({ skus }) => skus))].map((sku) =>
    known(`SKU ${sku}`, sku, seen, 'contracts', 'sku'),
  );

/** Not seen is not unknown, unless everybody was looked at. */
function known(what: string, name: string, { names, looked, of }: Seen, whom: string, key: string): Check {
  const served = [...names].sort();
  const keys = new Set(served.map(productKey));
  if (keys.has(productKey(name))) return { what, outcome: 'good', words: 'is served' };
  const everybody = looked > 0 && looked >= of;
  const where = everybody ? `at none of the ${looked} ${whom}` : `at none of the ${looked} ${whom} that were looked at`;
  const more = served.length > MOST_NAMED ? `, and ${served.length - MOST_NAMED} more` : '';
  const there = served.length === 0 ? 'none was seen' : `${served.slice(0, MOST_NAMED).join(', ')}${more}`;
  return {
    what,
    outcome: everybody ? 'bad' : 'warning',
    words: `is served ${where}${didYouMean(name, served)}`,
    remedy: `Mend \`${key}\` in the scenario if it is misspelt, or leave it if nobody holds the product yet. Served: ${there}.`,
  };
}
