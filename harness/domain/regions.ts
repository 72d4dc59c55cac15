/** Genesys Cloud regions and their host names, from the vendor's developer documentation. */

const HOSTS: Readonly<Record<string, string>> = {
  'us-east-1': 'mypurecloud.com',
  'eu-west-1': 'mypurecloud.ie',
  'ap-southeast-2': 'mypurecloud.com.au',
  'ap-northeast-1': 'mypurecloud.jp',
  'eu-central-1': 'mypurecloud.de',
  'us-west-2': 'usw2.pure.cloud',
  'ca-central-1': 'cac1.pure.cloud',
  'ap-northeast-2': 'apne2.pure.cloud',
  'eu-west-2': 'euw2.pure.cloud',
  'ap-south-1': 'aps1.pure.cloud',
  'us-east-2': 'use2.us-gov-pure.cloud',
  'sa-east-1': 'sae1.pure.cloud',
  'me-central-1': 'mec1.pure.cloud',
  'ap-northeast-3': 'apne3.pure.cloud',
  'eu-central-2': 'euc2.pure.cloud',
  'mx-central-1': 'mxc1.pure.cloud',
  'ap-southeast-1': 'apse1.pure.cloud',
  'eusc-de-east-1': 'edee1.eusc-pure.cloud',
};

/** AWS names of the regions that the vendor documents. */
export const REGIONS: readonly string[] = Object.keys(HOSTS);

/** Origins of a region's platform API and login service, or null for a region that is not documented. */
export function regionOrigins(region: string): { apiUrl: string; loginUrl: string } | null {
  const host = HOSTS[region];
  return host === undefined ? null : { apiUrl: `https://api.${host}`, loginUrl: `https://login.${host}` };
}

/** Documented address of the legacy Premium Applications - Usage API; one for all regions. */
export const USAGE_API_ORIGIN = 'https://billable-vendor-usage-api.usw2.pure.cloud';
