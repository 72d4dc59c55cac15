/** Listings whose `nextUri` leads nowhere good. */
import type { Asked, NetworkFault } from './network-fault.ts';

const LISTING = /^\/api\/v2\/billing\/contracts(?:\/invoices(?:\/[^/?]+\/lines)?)?(?:\?|$)/;

const NEXT = /,?"nextUri":"(?:[^"\\]|\\.)*"/;

/** The page with another `nextUri`. */
const leadingTo = (answer: string, uri: string): string =>
  answer.replace(NEXT, '').replace(/\}\s*$/, `,"nextUri":${JSON.stringify(uri)}}`);

const listing = (id: string, title: string, lasting: string, uri: (asked: Asked) => string): NetworkFault => ({
  kind: 'network',
  id,
  title,
  lasting,
  passes: false,
  hits: ({ url }) => LISTING.test(url),
  spoil: (answer, _reply, asked) => leadingTo(answer, uri(asked)),
});

const GIVEN_UP =
  'The walk stops and the fault is told (`paging`); what may be missing from the listing is not comparable.';

/** Every page under an address that was not there before. */
function onAndOn({ url }: Asked): string {
  const address = new URL(url, 'http://sandbox');
  address.searchParams.set('again', String(Number(address.searchParams.get('again') ?? '0') + 1));
  return `${address.pathname}${address.search}`;
}

export const LISTING_FAULTS: readonly NetworkFault[] = [
  listing('looping-pages', '`nextUri` leads back to the same page', GIVEN_UP, ({ url }) => url),
  listing('endless-pages', '`nextUri` always leads on, to the same page at a new address', GIVEN_UP, onAndOn),
  listing(
    'foreign-next',
    '`nextUri` leads to another origin',
    'Not followed, and the credential does not travel; what may be missing from the listing is not comparable.',
    ({ url, otherHost }) => `${otherHost}${url}`,
  ),
];
