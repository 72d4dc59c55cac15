/** Writes what was found as a scenario that people can read on: evidence as comments, and what is open commented out. Pure. */
import { UnitWords } from '../../compare/scope/units.ts';
import { appsText, flow, type Part, scalar } from './product-text.ts';
import type { SampledSides } from './sample-sides.ts';

/** How a platform API is reached. */
export type Hosts = { readonly region: string } | { readonly apiUrl: string; readonly loginUrl: string };

/** How the sides are reached; credentials stand as `${NAME}` and nowhere else. */
export interface Access {
  /** Null: the default address. */
  readonly usageApi: { readonly baseUrl: string | null } | null;
  readonly partnerBilling: Hosts | null;
  readonly contract: Hosts | null;
  /** Not null: both sides from the embedded sandbox, and none of the above. */
  readonly sandbox: { readonly seed: number; readonly orgs: number } | null;
}

export interface ScenarioPlan {
  readonly name: string;
  readonly access: Access;
  readonly appIds: readonly string[];
  readonly period: 'open' | 'last-closed' | 'recorded';
  readonly readiness: { readonly cutover: string | null; readonly nights?: number; readonly closedCycles?: number };
  /** First lines of the file, without the `#`. */
  readonly about: readonly string[];
}

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: the places of variables in a scenario.
const KEY = '${LEGACY_API_KEY}';
const PARTNER = ['${PARTNER_CLIENT_ID}', '${PARTNER_CLIENT_SECRET}'] as const;
const CONTRACT = ['${CONTRACT_CLIENT_ID}', '${CONTRACT_CLIENT_SECRET}'] as const;
const RECORDED_DAY = '${CLOSED_DAY}';
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: as above.

/** Variables that the scenario reads, in its order. */
export function variablesOf({ usageApi, partnerBilling, contract, sandbox }: Access): readonly string[] {
  if (sandbox !== null) return [];
  return [
    ...(usageApi === null ? [] : [KEY]),
    ...(partnerBilling === null ? [] : PARTNER),
    ...(contract === null ? [] : CONTRACT),
  ].map((text) => text.slice(2, -1));
}

/** Who is asked, and nothing of what: enough to look at both sides. */
export const draftText = (access: Access, appIds: readonly string[]): string =>
  [
    'version: 1',
    'name: init',
    ...accessLines(access, []),
    ...(hasLegacy(access)
      ? ['apps:', ...appIds.map((appId) => `  - { appId: ${flow(appId)}, products: [{ partNumber: "?" }] }`)]
      : []),
    // Whoever is there is found; a list is only demanded where nobody can be discovered.
    ...(access.partnerBilling !== null && access.usageApi === null
      ? ['orgs: [{ id: 00000000-0000-4000-8000-000000000000, region: us-east-1 }]']
      : []),
    'checks: { invoices: none, listingDetail: none }',
    '',
  ].join('\n');

const hasLegacy = ({ usageApi, partnerBilling, sandbox }: Access): boolean =>
  usageApi !== null || partnerBilling !== null || sandbox !== null;

function accessLines(access: Access, fields: readonly string[]): string[] {
  const { usageApi, partnerBilling, contract, sandbox } = access;
  if (sandbox !== null) return [`sandbox: { seed: ${sandbox.seed}, orgs: ${sandbox.orgs}, defects: none }`];
  const legacy = [
    ...(usageApi === null
      ? []
      : [
          '  usageApi:',
          ...(usageApi.baseUrl === null ? [] : [`    baseUrl: ${scalar(usageApi.baseUrl)}`]),
          `    apiKey: ${KEY}`,
          ...fields,
        ]),
    ...(partnerBilling === null ? [] : ['  partnerBilling:', ...platformLines(partnerBilling, PARTNER, '    ')]),
  ];
  return [
    ...(legacy.length === 0 ? [] : ['legacy:', ...legacy]),
    ...(contract === null ? [] : ['contract:', ...platformLines(contract, CONTRACT, '  ')]),
  ];
}

const platformLines = (hosts: Hosts, [id, secret]: readonly [string, string], indent: string): string[] =>
  [
    ...('region' in hosts
      ? [`region: ${hosts.region}`]
      : [`apiUrl: ${scalar(hosts.apiUrl)}`, `loginUrl: ${scalar(hosts.loginUrl)}`]),
    `clientId: ${id}`,
    `clientSecret: ${secret}`,
  ].map((line) => `${indent}${line}`);

/** @returns the file, and a sentence for each thing that is open in it */
export function scenarioText(
  plan: ScenarioPlan,
  sampled: SampledSides,
): { readonly text: string; readonly open: readonly string[] } {
  const apps = hasLegacy(plan.access) ? appsText(plan.appIds, sampled.mapping) : NOTHING;
  const units = unitsOf(sampled);
  const readiness = readinessOf(plan);
  const lines = [
    '# yaml-language-server: $schema=./scenario.schema.json',
    ...plan.about.map((line) => `# ${line}`),
    'version: 1',
    `name: ${scalar(plan.name)}`,
    '',
    ...accessLines(plan.access, fieldLines(sampled)),
    '',
    ...apps.lines,
    ...orgLines(plan.access, sampled),
    `period: ${plan.period === 'recorded' ? RECORDED_DAY : plan.period}`,
    '',
    ...units.lines,
    ...TOLERANCES[plan.period],
    '',
    'gate:',
    '  mode: enforce',
    '  minParity: 100',
    '  minCoverage: 100',
    '',
    ...readiness.lines,
  ];
  return { text: `${lines.join('\n').trimEnd()}\n`, open: [...apps.open, ...units.open, ...readiness.open] };
}

const NOTHING: Part = { lines: [], open: [] };

const TOLERANCES: Readonly<Record<ScenarioPlan['period'], readonly string[]>> = {
  open: [
    '# Exact, unless said otherwise. While a period is open legacy is refreshed every few hours; figures that differ are read a second time.',
    '# tolerances:',
    '#   actual-quantity: { relative: "0.01", when: open }',
  ],
  'last-closed': [],
  recorded: [
    '# Legacy was recorded on the last day of the period and lacks the use of the hours after it: say how much that may be.',
    '# tolerances:',
    '#   actual-quantity: { relative: "0.02" }',
  ],
};

function fieldLines({ fields }: SampledSides): string[] {
  const found = fields.proposals.filter(({ wire }) => wire !== null);
  if (found.length === 0) return [];
  return [
    '    fields: # our name: the name on the wire, by the values that the contract side knows',
    ...found.map(
      ({ field, wire, agree, differ }) =>
        `      ${field}: ${scalar(wire ?? '')} # ${agree} values agree, ${differ} do not`,
    ),
  ];
}

function unitsOf({ mapping }: SampledSides): Part {
  const table = new UnitWords({});
  const pairs = mapping.proposals
    .flatMap((proposal) => (proposal.standing === 'open' ? [] : proposal.chosen.evidence.units))
    .filter(([legacy, contract]) => table.relation(legacy, contract).kind === 'unpaired');
  const words = new Map<string, Set<string>>();
  for (const [legacy, contract] of pairs) words.set(legacy, (words.get(legacy) ?? new Set()).add(contract));
  if (words.size === 0) return { lines: [], open: [] };
  return {
    lines: [
      '# Words that stand beside quantities which agree; the built-in table does not pair them.',
      'units:',
      ...[...words].map(([legacy, own]) => `  ${scalar(legacy)}: [${[...own].map(flow).join(', ')}]`),
      '',
    ],
    open: [],
  };
}

/** Where everybody can be discovered, they are: an organisation that is new tomorrow is compared tomorrow. */
function orgLines({ usageApi, partnerBilling }: Access, { legacy }: SampledSides): string[] {
  if (usageApi !== null || partnerBilling === null)
    return partnerBilling === null && usageApi === null ? [] : ['orgs: discover'];
  const orgs = new Map((legacy?.subscriptions ?? []).map(({ org }) => [org.id, org.name]));
  return [
    '# Those that the contracts name and partner billing knows. It is asked without a region, and no API that was asked states one:',
    '# the region is of no matter here.',
    'orgs:',
    ...[...orgs]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(
        ([id, name]) => `  - { id: ${id}, region: us-east-1${name === null ? '' : `, name: ${JSON.stringify(name)}`} }`,
      ),
  ];
}

function readinessOf({ readiness: { cutover, nights, closedCycles } }: ScenarioPlan): Part {
  const demands = [
    ...(nights === undefined ? [] : [`nights: ${nights}`]),
    ...(closedCycles === undefined ? [] : [`closedCycles: ${closedCycles}`]),
  ].join(', ');
  if (demands === '') return { lines: [], open: [] };
  if (cutover !== null) {
    return {
      lines: ['# What `parity history` measures the runs against.', `readiness: { cutover: ${cutover}, ${demands} }`],
      open: [],
    };
  }
  return {
    lines: [
      '# open: the day on which the legacy side is switched off. Without it `parity history` tells the nights, and no readiness.',
      `# readiness: { cutover: yyyy-MM-dd, ${demands} }`,
    ],
    open: ['The day of the cutover: set `readiness`, or no run can be said to be enough.'],
  };
}
