/** Scenario texts over the sandbox's catalogue, as a user would write them. */

const APPS = `apps:
  - appId: wallboard
    products:
      - { partNumber: PC-170-NV-WALLB, kind: user }
  - appId: botpack
    products:
      - { partNumber: PC-170-NV-BOTMSG, kind: sum }
      - { partNumber: PC-170-NV-BOTPEAK, kind: peak }
  - appId: sitekit
    products:
      - { partNumber: PC-170-NV-SITE, kind: site }
      - { partNumber: PC-170-NV-MIN, sku: [PC-170-NV-MIN-VOICE, PC-170-NV-MIN-VIDEO], kind: sum }
`;

export interface SandboxChoice {
  readonly name?: string;
  readonly seed: number;
  readonly orgs?: number;
  /** As in a scenario: `none`, `all`, or ids. */
  readonly defects?: string;
  readonly extra?: string;
}

/** Both sides from the embedded sandbox. */
export const embedded = ({ name = 'test', seed, orgs = 40, defects = 'none', extra = '' }: SandboxChoice): string =>
  `version: 1\nname: ${name}\n${APPS}orgs: discover\nsandbox: { seed: ${seed}, orgs: ${orgs}, defects: ${JSON.stringify(defects)} }\n${extra}`;

export interface Served {
  readonly url: string;
  readonly apiKey: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

const platform = ({ url, clientId, clientSecret }: Served): string =>
  `{ apiUrl: "${url}", loginUrl: "${url}", clientId: "${clientId}", clientSecret: "${clientSecret}" }`;

/** Both sides at an address, as for the real APIs. */
export const remote = (served: Served, extra = '', name = 'test'): string => `version: 1
name: ${name}
legacy:
  usageApi: { baseUrl: "${served.url}", apiKey: "${served.apiKey}" }
  partnerBilling: ${platform(served)}
contract: ${platform(served)}
${APPS}orgs: discover
limits: { requestsPerMinute: 60000 }
${extra}`;
