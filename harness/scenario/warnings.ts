/** What stops no run but is hardly meant: secrets in the file, plain HTTP, waivers and regions that can match nothing. */
import type { FileIssue } from '../domain/errors.ts';
import { REGIONS } from '../domain/regions.ts';
import { productKey } from '../domain/side.ts';
import type { Document, Path } from './document.ts';
import { didYouMean } from './nearest.ts';
import { textAt } from './plain.ts';
import type { ScenarioFile } from './schema.ts';

export const warningsOf = (document: Document, file: ScenarioFile): FileIssue[] => [
  // The sandbox makes up its own keys: what such a scenario says of them is never sent.
  ...(file.sandbox === undefined ? [...secretsInFile(document), ...plainHttp(document)] : []),
  ...unknownRegions(document, file),
  ...idleWaivers(document, file),
];

const SECRETS: readonly Path[] = [
  ['legacy', 'usageApi', 'apiKey'],
  ['legacy', 'partnerBilling', 'clientSecret'],
  ['contract', 'clientSecret'],
  ['contract', 'withoutPermission', 'clientSecret'],
];

const secretsInFile = (document: Document): FileIssue[] =>
  SECRETS.filter((path) => textAt(document.value, path) !== null && document.variables(path).length === 0).map((path) =>
    document.issue(
      path,
      `\`${String(path.at(-1))}\` stands in the file itself; write \${NAME} and keep the secret in the environment`,
    ),
  );

const ADDRESSES: readonly Path[] = [
  ['legacy', 'usageApi', 'baseUrl'],
  ['legacy', 'partnerBilling', 'apiUrl'],
  ['legacy', 'partnerBilling', 'loginUrl'],
  ['contract', 'apiUrl'],
  ['contract', 'loginUrl'],
];

function plainHttp(document: Document): FileIssue[] {
  return ADDRESSES.filter((path) => {
    const text = textAt(document.value, path);
    if (text === null || !URL.canParse(text)) return false;
    const { protocol, hostname } = new URL(text);
    return protocol === 'http:' && !LOOPBACK.test(hostname);
  }).map((path) => document.issue(path, 'credentials go over http:// unencrypted; expected https://'));
}
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** New regions appear; so a region of an organisation that is not known here may still exist. */
function unknownRegions(document: Document, file: ScenarioFile): FileIssue[] {
  if (file.orgs === 'discover') return [];
  return file.orgs.flatMap((org, index) =>
    REGIONS.includes(org.region)
      ? []
      : [
          document.issue(
            ['orgs', index, 'region'],
            `${org.region} is no region that the vendor documents${didYouMean(org.region, REGIONS)}`,
          ),
        ],
  );
}

function idleWaivers(document: Document, file: ScenarioFile): FileIssue[] {
  const apps = file.apps ?? [];
  const appIds = new Set(apps.map((app) => app.appId));
  const products = new Set(
    apps
      .flatMap((app) => app.products.flatMap((product) => [product.partNumber, ...[product.sku ?? []].flat()]))
      .map(productKey),
  );
  const orgs = file.orgs === 'discover' ? null : new Set(file.orgs.map((org) => org.id));
  return file.waivers.flatMap((waiver, index) => {
    const idle = (key: string, what: string): FileIssue =>
      document.issue(['waivers', index, key], `this waiver can match nothing: ${what}`);
    return [
      ...(waiver.sku !== undefined && products.size > 0 && !products.has(productKey(waiver.sku))
        ? [idle('sku', `no product of \`apps\` has this SKU or part number`)]
        : []),
      ...(waiver.appId !== undefined && appIds.size > 0 && !appIds.has(waiver.appId)
        ? [idle('appId', 'no entry of `apps` has this id')]
        : []),
      ...(waiver.org !== undefined && orgs !== null && !orgs.has(waiver.org)
        ? [idle('org', 'no entry of `orgs` has this id')]
        : []),
    ];
  });
}
