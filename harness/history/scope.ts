/** Whether one run looked at all that another looked at. Pure. */
import type { RunScope } from '../domain/run-result.ts';

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

const PERIODS: Readonly<Record<RunScope['period'], string>> = {
  open: 'the open period',
  'last-closed': 'closed periods',
  date: 'the period of a date',
};

/** In words, as what a run did: `leaves out 2 of 40 organisations`. @returns null if `scope` holds all of `whole`. */
export function lessThan(scope: RunScope, whole: RunScope): string | null {
  const parts = [fewerOrgs(scope, whole), fewerProducts(scope, whole), otherPeriod(scope, whole)];
  const words = parts.filter((part) => part !== null);
  return words.length === 0 ? null : words.join(', ');
}

function fewerOrgs({ orgs, orgIds }: RunScope, whole: RunScope): string | null {
  if (orgIds === null) return null;
  const [own, all] = [new Set(orgIds), whole.orgIds];
  const how = orgs === 'narrowed' ? ' (--org)' : '';
  if (all === null) return `looked at ${counted(own.size, 'organisation')} alone${how}`;
  const missing = all.filter((id) => !own.has(id)).length;
  return missing === 0 ? null : `leaves out ${missing} of ${counted(all.length, 'organisation')}${how}`;
}

const productsOf = ({ apps }: RunScope): string[] =>
  apps.flatMap(({ appId, partNumbers }) => partNumbers.map((partNumber) => `${partNumber} of ${appId}`));

function fewerProducts(scope: RunScope, whole: RunScope): string | null {
  const own = new Set(productsOf(scope));
  const [first, ...more] = productsOf(whole).filter((product) => !own.has(product));
  if (first === undefined) return null;
  return `leaves out ${first}${more.length === 0 ? '' : ` and ${counted(more.length, 'more product')}`}`;
}

const otherPeriod = (scope: RunScope, whole: RunScope): string | null =>
  scope.period === whole.period ? null : `looked at ${PERIODS[scope.period]}, not at ${PERIODS[whole.period]}`;

/** All that at least one of both looks at; periods as the first. */
export function joined(one: RunScope, other: RunScope): RunScope {
  const orgIds =
    one.orgIds === null || other.orgIds === null ? null : [...new Set([...one.orgIds, ...other.orgIds])].sort();
  const byApp = new Map<string, Set<string>>();
  for (const { appId, partNumbers } of [...one.apps, ...other.apps]) {
    byApp.set(appId, new Set([...(byApp.get(appId) ?? []), ...partNumbers]));
  }
  return {
    orgs: orgIds === null ? 'all' : 'listed',
    orgIds,
    apps: [...byApp].map(([appId, partNumbers]) => ({ appId, partNumbers: [...partNumbers].sort() })),
    period: one.period,
    partOf: null,
  };
}
