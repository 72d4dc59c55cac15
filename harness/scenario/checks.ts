/** What the parts of a scenario must mean together. Reads the plain data, so that it finds its faults beside the schema's. */
import { type IsoDate, parseDate } from '../domain/billing-period.ts';
import type { FileIssue } from '../domain/errors.ts';
import { orgId, productKey } from '../domain/side.ts';
import type { Document, Path } from './document.ts';
import { describePath } from './faults.ts';
import { countAt, isMap, textAt, valueAt } from './plain.ts';

/**
 * Every fault that is not one of a single value.
 * @param today the UTC date of this machine
 */
export function checkTogether(document: Document, today: IsoDate): FileIssue[] {
  if (!isMap(document.value)) return [];
  return [
    ...checkSides(document),
    ...checkHosts(document, ['legacy', 'partnerBilling']),
    ...checkHosts(document, ['contract']),
    ...checkApps(document),
    ...checkOrgs(document),
    ...checkStatesSomething(document),
    ...checkWaivers(document),
    ...checkSandboxDay(document),
    ...checkPeriod(document, today),
  ];
}

const present = (document: Document, path: Path): boolean => valueAt(document.value, path) !== undefined;

function checkSides(document: Document): FileIssue[] {
  const { value } = document;
  const issues: FileIssue[] = [];
  const legacy = present(document, ['legacy']);
  const sandbox = present(document, ['sandbox']);
  const usageApi = present(document, ['legacy', 'usageApi']);
  const partnerBilling = present(document, ['legacy', 'partnerBilling']);
  if (legacy && !usageApi && !partnerBilling) {
    issues.push(document.issue(['legacy'], 'expected at least one of `usageApi` and `partnerBilling`', 'key'));
  }
  if (!sandbox && !present(document, ['contract'])) {
    issues.push(document.issue(['contract'], '`contract` is missing; expected it, or `sandbox`'));
  }
  if ((legacy || sandbox) && !present(document, ['apps'])) {
    issues.push(document.issue(['apps'], '`apps` is missing; expected the applications and products to compare'));
  }
  const discovers = (textAt(value, ['orgs']) ?? 'discover') === 'discover' && !Array.isArray(valueAt(value, ['orgs']));
  if (partnerBilling && !usageApi && discovers) {
    const message =
      'organisations can be discovered by `legacy.usageApi` only; expected it, or a list of organisations in `orgs`';
    issues.push(document.issue(['orgs'], message, 'key'));
  }
  return issues;
}

/** Either the region says both addresses, or both are given. */
function checkHosts(document: Document, path: Path): FileIssue[] {
  if (!isMap(valueAt(document.value, path))) return [];
  const [region, apiUrl, loginUrl] = (['region', 'apiUrl', 'loginUrl'] as const).map((key) =>
    present(document, [...path, key]),
  );
  if (region && (apiUrl || loginUrl)) {
    const key = apiUrl ? 'apiUrl' : 'loginUrl';
    return [
      document.issue(
        [...path, key],
        `expected either \`region\`, or \`apiUrl\` and \`loginUrl\`; found \`region\` and \`${key}\``,
        'key',
      ),
    ];
  }
  if (region || (apiUrl && loginUrl)) return [];
  const missing = apiUrl ? '`loginUrl`' : loginUrl ? '`apiUrl`' : '`region` (or `apiUrl` and `loginUrl`)';
  return [document.issue(path, `${missing} is missing in \`${describePath(path)}\``, 'key')];
}

function checkApps(document: Document): FileIssue[] {
  const apps = Array.from({ length: countAt(document.value, ['apps']) }, (_, index) => ['apps', index] as const);
  return [
    ...duplicates(
      document,
      apps.map((app) => [...app, 'appId']),
      (id) => id,
    ),
    ...apps.flatMap((app) => checkProducts(document, [...app, 'products'])),
  ];
}

function checkProducts(document: Document, path: Path): FileIssue[] {
  const products = Array.from({ length: countAt(document.value, path) }, (_, index) => [...path, index]);
  const skusOf = (product: Path): Path[] =>
    Array.from({ length: countAt(document.value, [...product, 'sku']) }, (_, index) => [...product, 'sku', index]);
  return [
    ...duplicates(
      document,
      products.map((product) => [...product, 'partNumber']),
      productKey,
    ),
    ...products.flatMap((product) => duplicates(document, skusOf(product), productKey)),
  ];
}

const checkOrgs = (document: Document): FileIssue[] =>
  duplicates(
    document,
    Array.from({ length: countAt(document.value, ['orgs']) }, (_, index) => ['orgs', index, 'id']),
    orgId,
  );

/** Texts that must differ, at these places. */
function duplicates(document: Document, paths: readonly Path[], keyOf: (text: string) => string): FileIssue[] {
  const first = new Map<string, Path>();
  return paths.flatMap((path) => {
    const text = textAt(document.value, path);
    if (text === null || document.refused(path)) return [];
    const earlier = first.get(keyOf(text));
    if (earlier === undefined) {
      first.set(keyOf(text), path);
      return [];
    }
    return [
      document.issue(path, `${document.shown(path)} stands in \`${describePath(earlier)}\` already; expected it once`),
    ];
  });
}

/** The world begins on a day of its own; before it, accounts would have no billing period. */
const FIRST_DAY = '2026-04-20';

function checkSandboxDay(document: Document): FileIssue[] {
  const path: Path = ['sandbox', 'today'];
  const today = textAt(document.value, path);
  if (today === null || document.refused(path) || today.trim() >= FIRST_DAY) return [];
  return [document.issue(path, `${document.shown(path)}: expected ${FIRST_DAY} or a later date`)];
}

/** Nobody has been billed for a period that has not begun. The sandbox's own day may lie ahead of this machine's. */
function checkPeriod(document: Document, today: IsoDate): FileIssue[] {
  const period = textAt(document.value, ['period']);
  if (period === null || document.refused(['period']) || parseDate(period) !== period) return [];
  const ofSandbox = parseDate(textAt(document.value, ['sandbox', 'today']) ?? '');
  const latest = ofSandbox !== null && ofSandbox > today ? ofSandbox : today;
  if (period <= latest) return [];
  const expected = `expected a date up to today (${latest} UTC), \`open\` or \`last-closed\``;
  return [
    document.issue(['period'], `${document.shown(['period'])} is in the future: no answer tells of it; ${expected}`),
  ];
}

/** A waiver is of a rule or of a cause; what a cause explains has as many differences as findings, so that no one delta says them. */
function checkWaivers(document: Document): FileIssue[] {
  const all = Array.from({ length: countAt(document.value, ['waivers']) }, (_, index): Path => ['waivers', index]);
  return all.flatMap((path) => {
    if (!isMap(valueAt(document.value, path))) return [];
    const [rule, cause, delta] = ['rule', 'cause', 'delta'].map((key) => present(document, [...path, key]));
    if (!rule && !cause) return [document.issue(path, 'expected `rule` or `cause`, found neither', 'key')];
    if (rule && cause) {
      return [document.issue([...path, 'cause'], 'expected either `rule` or `cause`, found both', 'key')];
    }
    if (!cause || !delta) return [];
    return [document.issue([...path, 'delta'], '`delta` is for a waiver of a rule; expected `maxMoney` here', 'key')];
  });
}

/** A tolerance, rate card or readiness that states nothing is a mistake, not a wish. */
function checkStatesSomething(document: Document): FileIssue[] {
  const issues: FileIssue[] = [];
  const demand = (path: Path, keys: readonly string[]): void => {
    if (!isMap(valueAt(document.value, path))) return;
    if (keys.some((key) => present(document, [...path, key]))) return;
    issues.push(document.issue(path, `expected at least one of ${keys.map((key) => `\`${key}\``).join(', ')}`, 'key'));
  };
  demand(['readiness'], ['nights', 'closedCycles']);
  for (const rule of Object.keys(Object(valueAt(document.value, ['tolerances'])))) {
    demand(['tolerances', rule], ['absolute', 'relative']);
  }
  for (let app = 0; app < countAt(document.value, ['apps']); app++) {
    for (let product = 0; product < countAt(document.value, ['apps', app, 'products']); product++) {
      demand(['apps', app, 'products', product, 'expected'], ['currency', 'committedRate', 'overageRate']);
    }
  }
  return issues;
}
