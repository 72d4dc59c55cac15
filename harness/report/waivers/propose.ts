/** Waivers ready to be copied into a scenario, for every mismatch that is left: all but the reason, which only people have. */
import { Document, type Scalar, YAMLMap, YAMLSeq } from 'yaml';
import type { Finding } from '../../domain/run-result.ts';

const HEADER = ` Proposed by \`parity run --propose-waivers\`: one entry for each mismatch that follows from no other.
 Copy under \`waivers:\` what is accepted, and write why and who answers for it: an empty reason or owner is refused.
 An entry holds until its \`expires\`, and only as long as the difference is still its \`delta\`.`;

/**
 * @param findings as in findings.jsonl
 * @param expires ISO date, the last day on which the entries hold
 * @returns YAML text with a list under \`waivers\`; an empty list where nothing is left
 */
export function proposeWaivers(findings: readonly Finding[], expires: string): string {
  const ids = new Set(findings.filter(({ status }) => status === 'mismatch').map(({ id }) => id));
  const open = findings.filter(
    ({ status, derivedFrom }) => status === 'mismatch' && (derivedFrom === null || !ids.has(derivedFrom)),
  );
  const document = new Document({ waivers: [] });
  document.commentBefore = HEADER;
  const list = new YAMLSeq<YAMLMap>();
  for (const finding of open) list.add(entryOf(document, finding, expires));
  document.set('waivers', list);
  return document.toString({ lineWidth: 140 });
}

function entryOf(document: Document, finding: Finding, expires: string): YAMLMap {
  const { rule, orgs, sku, partNumber, appId, period, delta } = finding;
  const [org] = orgs;
  const product = sku?.split(', ')[0] ?? partNumber;
  const entry = new YAMLMap();
  const put = (key: string, value: string | null | undefined): void => {
    if (value !== null && value !== undefined && value !== '') entry.set(key, quoted(document, value));
  };
  put('rule', rule);
  put('org', org?.id);
  put('sku', product);
  if (!appId?.includes(', ')) put('appId', appId);
  put('period', period?.start);
  entry.set('reason', quoted(document, ''));
  entry.set('owner', quoted(document, ''));
  put('expires', expires);
  put('delta', delta);
  // A comment must not end early: names may hold line breaks.
  const where = orgs.map(({ id, name }) => name ?? id).join(' + ');
  entry.commentBefore = ` ${[where, finding.reason].filter((part) => part).join(': ')}`.replaceAll(/\s+/g, ' ');
  return entry;
}

/** Decimals, dates and empty texts in quotes, so that they stay texts; words as they are. */
function quoted(document: Document, value: string): Scalar<string> {
  const scalar = document.createNode(value) as Scalar<string>;
  if (!/^[a-z][a-z0-9-]*$/i.test(value)) scalar.type = 'QUOTE_DOUBLE';
  return scalar;
}
