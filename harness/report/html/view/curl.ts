/** The request of an exchange as a curl command; credentials are named, never written. */
import type { ReportExchange } from '../data.ts';

/** Environment variables that a reader sets before pasting the command. */
const CREDENTIAL: Readonly<Record<ReportExchange['source'], string>> = {
  'usage-api': '"x-api-key: $LEGACY_API_KEY"',
  'partner-billing': '"Authorization: Bearer $PARTNER_TOKEN"',
  'contract-api': '"Authorization: Bearer $CONTRACT_TOKEN"',
};

/** Safe in a POSIX shell whatever the text holds. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

const FILE = 'file:///';

/** A body that came as a file is shown from its folder. */
export const curlOf = ({ source, url }: Pick<ReportExchange, 'source' | 'url'>): string =>
  url.startsWith(FILE)
    ? `cat ${quoted(decodeURIComponent(url.slice(FILE.length)))}`
    : `curl --fail-with-body --compressed --header ${CREDENTIAL[source]} ${quoted(url)}`;
