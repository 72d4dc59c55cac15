/** The same world with and without a defect, asked the same: which answers differ. */
import { type InjectedDefect, type RunningSandbox, startSandbox } from '../index.ts';
import { list, parsed, type Read, Session, text } from './session.ts';

export interface Change {
  readonly path: string;
  readonly was: Read;
  readonly now: Read;
}

export interface Compared {
  readonly defect: InjectedDefect;
  /** Answers that differ when first read, in the order of asking. */
  readonly changes: readonly Change[];
  readonly clean: Session;
  readonly broken: Session;
  /** What both were asked. */
  readonly paths: readonly string[];
}

const CONTRACTS = '/api/v2/billing/contracts';

export async function withDefect(
  asked: string,
  look: (compared: Compared) => void | Promise<void>,
  { seed = 2, orgs = 40 }: { readonly seed?: number; readonly orgs?: number } = {},
): Promise<void> {
  const truth = await startSandbox({ seed, orgs, defects: 'none' });
  const sandbox = await startSandbox({ seed, orgs, defects: [asked] });
  try {
    const [clean, broken] = [await Session.open(truth), await Session.open(sandbox)];
    const said = await truthOf(`${seed} ${orgs}`, clean, truth);
    const paths = [...said.keys()];
    const changes: Change[] = [];
    for (const [path, was] of said) {
      const now = await replyTo(broken, path);
      if (was !== now) changes.push({ path, was: parsed(was), now: parsed(now) });
    }
    const [defect] = sandbox.defects;
    if (defect === undefined) throw new Error(`${asked} was not hidden`);
    await look({ defect, changes, clean, broken, paths });
  } finally {
    await truth.close();
    await sandbox.close();
  }
}

/** What a world without defects answers, by path; asked once a world. */
async function truthOf(world: string, session: Session, sandbox: RunningSandbox): Promise<ReadonlyMap<string, string>> {
  const before = TRUTHS.get(world);
  if (before !== undefined) return before;
  const answers = new Map<string, string>();
  for (const path of await pathsOf(session, sandbox)) answers.set(path, await replyTo(session, path));
  TRUTHS.set(world, answers);
  return answers;
}

const TRUTHS = new Map<string, ReadonlyMap<string, string>>();

const replyTo = async (session: Session, path: string): Promise<string> =>
  (path.startsWith('/v1') ? await session.usage(path) : await session.platform(path)).text;

/** Every answer of the open period and of the one before, of all three APIs. */
async function pathsOf(session: Session, { appIds }: RunningSandbox): Promise<string[]> {
  const apps = `appIds=${appIds.join(',')}`;
  const paths = [`/v1/regions?${apps}`];
  for (const { id: region } of list((await session.json(`/v1/regions?${apps}`))['regions'])) {
    const listing = `/v1/regions/${text(region)}/organizations`;
    paths.push(`${listing}?${apps}`);
    for (const { orgId } of list((await session.json(`${listing}?${apps}`))['organizations'])) {
      const id = text(orgId).toLowerCase();
      paths.push(`${listing}/${id}?${apps}`);
      for (const index of [0, 1]) {
        paths.push(`/api/v2/billing/trusteebillingoverview/${id}?billingPeriodIndex=${index}`);
      }
    }
  }
  for (let page = CONTRACTS; page !== ''; ) {
    paths.push(page);
    const { entities, nextUri } = await session.json(page);
    for (const contract of list(entities)) {
      const byId = `${CONTRACTS}/${text(contract['id'])}`;
      const newestFirst = [...list(contract['billingPeriods'])].sort((a, b) =>
        text(b['dateStart']).localeCompare(text(a['dateStart'])),
      );
      paths.push(byId, ...newestFirst.slice(0, 2).map(({ id }) => `${byId}/billingperiods/${text(id)}`));
    }
    page = text(nextUri);
  }
  paths.push(`${CONTRACTS}/invoices?pageSize=200`);
  for (const { id } of await session.walk(`${CONTRACTS}/invoices`))
    paths.push(`${CONTRACTS}/invoices/${text(id)}/lines`);
  return paths;
}

/** What an answer is, by its address. */
export function endpointOf(path: string): string {
  if (path.startsWith('/v1/regions?')) return 'regions';
  if (path.startsWith('/v1')) return /organizations\?/.test(path) ? 'organizations' : 'organization';
  if (path.includes('trusteebillingoverview')) return 'overview';
  if (path.includes('/billingperiods/')) return 'period';
  if (path.includes('/lines')) return 'lines';
  if (path.includes('/invoices')) return 'invoices';
  return /contracts\/[0-9a-f]/.test(path) ? 'contract' : 'contracts';
}

/** What changed in answers of one kind. */
export const inEndpoint = (changes: readonly Change[], endpoint: string): readonly Change[] =>
  changes.filter(({ path }) => endpointOf(path) === endpoint);

/** The kinds of answers that changed, each once. */
export const endpointsOf = (changes: readonly Change[]): readonly string[] =>
  [...new Set(changes.map(({ path }) => endpointOf(path)))].sort();

/** Elements of a list that differ in the same place before and after. */
export const changedIn = (change: Change, field: string): readonly (readonly [Read, Read])[] => {
  const [before, after] = [list(change.was[field]), list(change.now[field])];
  return after.flatMap((now, index) => {
    const was = before[index] ?? {};
    return JSON.stringify(was) === JSON.stringify(now) ? [] : [[was, now] as const];
  });
};

/** Names of the fields that differ. */
export const fieldsOf = (was: Read, now: Read): readonly string[] =>
  [...new Set([...Object.keys(was), ...Object.keys(now)])]
    .filter((field) => JSON.stringify(was[field]) !== JSON.stringify(now[field]))
    .sort();
