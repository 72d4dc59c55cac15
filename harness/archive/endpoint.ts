/** What was asked, without whom it was asked about: `/api/v2/billing/contracts/{id}`. */
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

/** @param asked path and query */
export const endpointOf = (asked: string): string =>
  asked
    .replace(/\?.*$/s, '')
    .replaceAll(UUID, '{id}')
    .replace(/^\/v1\/regions\/[^/]+/, '/v1/regions/{region}')
    .replace(
      /\/(organizations|trusteebillingoverview|billingperiods|contracts|invoices)\/(?!invoices|lines)[^/{]+/g,
      '/$1/{id}',
    );
