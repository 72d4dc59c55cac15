/** How the sandbox is called, ready to be copied: curl, the vendor's SDK in four languages, a scenario. */

export interface Address {
  readonly url: string;
  readonly apiKey: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly appIds: readonly string[];
}

export interface Snippet {
  readonly title: string;
  readonly code: string;
}

/** The SDKs take the gateway apart from the path (purecloud-platform-client-v2 and its siblings, `setGateway`). */
export function snippets(address: Address): Snippet[] {
  const { url, clientId, clientSecret } = address;
  const { hostname, port } = new URL(url);
  return [
    { title: 'curl', code: curl(address) },
    { title: 'Scenario', code: scenarioText(address) },
    {
      title: 'JavaScript (purecloud-platform-client-v2)',
      code: [
        "import platformClient from 'purecloud-platform-client-v2';",
        'const client = platformClient.ApiClient.instance;',
        `client.setGateway({ host: '${hostname}', port: ${port}, protocol: 'http' });`,
        `await client.loginClientCredentialsGrant('${clientId}', '${clientSecret}');`,
        'const page = await new platformClient.BillingApi().getBillingContracts({ pageSize: "10" });',
      ].join('\n'),
    },
    {
      title: 'Python (PureCloudPlatformClientV2)',
      code: [
        'import PureCloudPlatformClientV2 as platform',
        `platform.configuration.gateway = platform.GatewayConfiguration('${hostname}', 'http', ${port}, None, None, None, None)`,
        'client = platform.api_client.ApiClient().get_client_credentials_token(',
        `    '${clientId}', '${clientSecret}')`,
        'page = platform.BillingApi(client).get_billing_contracts(page_size="10")',
      ].join('\n'),
    },
    {
      title: 'Java (com.mypurecloud.sdk.v2)',
      code: [
        'GatewayConfiguration gateway = new GatewayConfiguration();',
        `gateway.setHost("${hostname}"); gateway.setProtocol("http"); gateway.setPort(${port});`,
        'ApiClient client = ApiClient.Builder.standard().withGateway(gateway).build();',
        `client.authorizeClientCredentials("${clientId}", "${clientSecret}");`,
        'BillingContractListing page = new BillingApi(client).getBillingContracts(null, null, "10", null, null, null, null);',
      ].join('\n'),
    },
    {
      title: '.NET (PureCloudPlatform.Client.V2)',
      code: [
        'var client = Configuration.Default.ApiClient;',
        `client.GatewayConfig = new GatewayConfiguration { Host = "${hostname}", Protocol = "http", Port = ${port} };`,
        `client.PostToken("${clientId}", "${clientSecret}");`,
        'var page = new BillingApi().GetBillingContracts(pageSize: "10");',
      ].join('\n'),
    },
  ];
}

const curl = ({ url, apiKey, clientId, clientSecret, appIds }: Address): string =>
  [
    '# legacy usage API',
    `curl -s -H 'x-api-key: ${apiKey}' '${url}/v1/regions?appIds=${appIds.join(',')}'`,
    '',
    '# Contract & Billing API',
    `TOKEN=$(curl -s -u '${clientId}:${clientSecret}' -d grant_type=client_credentials '${url}/oauth/token' | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')`,
    `curl -s -H "Authorization: Bearer $TOKEN" '${url}/api/v2/billing/contracts?pageSize=5'`,
  ].join('\n');

/** The part of a scenario that says where both sides are. */
export const scenarioText = ({ url, apiKey, clientId, clientSecret }: Address): string =>
  [
    'legacy:',
    `  usageApi: { baseUrl: "${url}", apiKey: "${apiKey}" }`,
    'contract:',
    `  apiUrl: "${url}"`,
    `  loginUrl: "${url}"`,
    `  clientId: "${clientId}"`,
    `  clientSecret: "${clientSecret}"`,
  ].join('\n');
