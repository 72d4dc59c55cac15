/** Whether each app id, part number and SKU of a scenario is known to its side, and which one may have been meant. */
import { productKey } from '../../domain/side.ts';
import { didYouMean } from '../../scenario/nearest.ts';
import type { LoadedScenario } from '../../scenario/scenario.ts';
import type { Seen, ServedByUsageApi } from '../served.ts';
import type { Check } from './check.ts';

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

export function partNumberChecks({ policy }: LoadedScenario, seen: Seen): Check[] {
  const mapped = policy.products.map(({ partNumber }) => partNumber);
  return mapped.map((name) =>
    known({ what: `part number ${name}`, name, mapped, whom: 'organisations', key: 'partNumber' }, seen),
  );
}

export function skuChecks({ policy }: LoadedScenario, seen: Seen): Check[] {
  const mapped = [...new Set(policy.products.flatMap(({ skus }) => skus))];
  return mapped.map((name) => known({ what: `SKU ${name}`, name, mapped, whom: 'contracts', key: 'sku' }, seen));
}

interface Mapped {
  readonly what: string;
  readonly name: string;
  /** All that the scenario names of its kind: none of them was meant in place of another. */
  readonly mapped: readonly string[];
  readonly whom: string;
  readonly key: string;
}

/** Not seen is not unknown: a mistake only where everybody was looked at and one that nobody mapped is spelt nearly so. */
function known({ what, name, mapped, whom, key }: Mapped, { names, looked, of }: Seen): Check {
  const served = [...names].sort();
  const keys = new Set(served.map(productKey));
  if (keys.has(productKey(name))) return { what, outcome: 'good', words: 'is served' };
  const others = new Set(mapped.map(productKey));
  const meant = didYouMean(
    name,
    served.filter((each) => !others.has(productKey(each))),
  );
  const everybody = looked > 0 && looked >= of;
  const where = `at none of the ${looked} ${whom}${everybody ? '' : ' that were looked at'}`;
  const more = served.length > MOST_NAMED ? `, and ${served.length - MOST_NAMED} more` : '';
  const there = served.length === 0 ? 'none was seen' : `${served.slice(0, MOST_NAMED).join(', ')}${more}`;
  return {
    what,
    outcome: everybody && meant !== '' ? 'bad' : 'warning',
    words: `is served ${where}${meant}`,
    remedy: `Mend \`${key}\` in the scenario if it is misspelt, or leave it if nobody holds the product yet. Served: ${there}.`,
  };
}
