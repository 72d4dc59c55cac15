/** Proposals as YAML, ready to be copied into a scenario: all but the reason, which only people have. */
import { Document, type Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { counted, grouped } from '../words/common.ts';
import type { Proposal } from './proposals.ts';

const HEADER = ` Proposed by parity: one entry for each root cause, then one for each mismatch that no cause explains.
 Copy under \`waivers:\` what is accepted, and write why and who answers for it: an empty reason or owner is refused.
 An entry holds until its \`expires\`, only as long as the difference is still its \`delta\`, and only up to its \`maxMoney\`.
 In an open period use moves the figures from run to run: such an entry has no \`delta\`, and its \`maxMoney\` is twice
 what it costs today. Lower it to what is accepted.`;

/**
 * @param expires ISO date, the last day on which the entries hold
 * @returns YAML text with a list under `waivers`; an empty list where nothing is left
 */
export function waiversYaml(proposals: readonly Proposal[], expires: string): string {
  const document = new Document({ waivers: [] });
  document.commentBefore = HEADER;
  const list = new YAMLSeq<YAMLMap>();
  for (const proposal of proposals) list.add(entryOf(document, proposal, expires));
  document.set('waivers', list);
  return document.toString({ lineWidth: 140 });
}

function entryOf(document: Document, proposal: Proposal, expires: string): YAMLMap {
  const entry = new YAMLMap();
  const put = (key: string, value: string | null): void => {
    if (value !== null && value !== '') entry.set(key, quoted(document, value));
  };
  put('rule', proposal.rule);
  put('cause', proposal.cause);
  put('org', proposal.org);
  put('sku', proposal.sku);
  put('appId', proposal.appId);
  put('period', proposal.period);
  entry.set('reason', quoted(document, ''));
  entry.set('owner', quoted(document, ''));
  put('expires', expires);
  put('delta', proposal.delta);
  if (proposal.maxMoney !== null) entry.set('maxMoney', amountsOf(document, proposal.maxMoney));
  // A comment must not end early: names may hold line breaks.
  entry.commentBefore = ` ${proposal.about}; ${coverWords(proposal)}`.replaceAll(/\s+/g, ' ');
  return entry;
}

function amountsOf(document: Document, amounts: Readonly<Record<string, string>>): YAMLMap {
  const map = new YAMLMap();
  map.flow = true;
  for (const [currency, amount] of Object.entries(amounts)) map.set(currency, quoted(document, amount));
  return map;
}

/** `12 findings, GBP 18,059.66`. */
export function coverWords({ covers, money }: Proposal): string {
  const cost = money.map(({ currency, amount }) => `${currency} ${grouped(amount)}`).join(' and ');
  return `${counted(covers, 'finding')}, ${cost === '' ? 'no money' : cost}`;
}

/** Decimals, dates and empty texts in quotes, so that they stay texts; words as they are. */
function quoted(document: Document, value: string): Scalar<string> {
  const scalar = document.createNode(value) as Scalar<string>;
  if (!/^[a-z][a-z0-9-]*$/i.test(value)) scalar.type = 'QUOTE_DOUBLE';
  return scalar;
}
