/** A scenario with which the copy can be replayed: the same figures and rules, other names and ids, no credentials, no comments. */
import { isMap, isScalar, isSeq, parseDocument, Scalar, visit, type YAMLMap } from 'yaml';
import { HarnessError } from '../../domain/errors.ts';
import { type Replace, rewriteOrigin } from './addresses.ts';
import type { StatedFields } from './fields.ts';
import { isUuid } from './table.ts';

const CREDENTIALS: Readonly<Record<string, string>> = {
  apiKey: `\${LEGACY_API_KEY}`,
  clientId: `\${CLIENT_ID}`,
  clientSecret: `\${CLIENT_SECRET}`,
};
const ORIGINS = ['baseUrl', 'apiUrl', 'loginUrl'];

export interface RewrittenScenario {
  readonly text: string;
  readonly stated: StatedFields;
}

/** @throws HarnessError `usage` if the text is no YAML map */
export function rewriteScenario(text: string, file: string, name: string, replace: Replace): RewrittenScenario {
  const document = parseDocument(text, { uniqueKeys: false });
  const root = document.contents;
  if (document.errors.length > 0 || !isMap(root)) {
    throw new HarnessError('usage', `${file} is no scenario: ${document.errors[0]?.message ?? 'no map'}`, {
      hint: 'Name a scenario with --scenario FILE.',
    });
  }
  document.set('name', name);
  const legacy = mapAt(root, 'legacy');
  for (const side of [mapAt(legacy, 'usageApi'), mapAt(legacy, 'partnerBilling'), mapAt(root, 'contract')]) {
    if (side !== null) rewriteAccess(side, replace);
  }
  for (const org of mapsIn(root, 'orgs')) {
    change(org, 'id', (id) => replace(isUuid(id) ? 'uuid' : 'code', id));
    change(org, 'name', (called) => replace('name', called));
  }
  for (const waiver of mapsIn(root, 'waivers')) {
    change(waiver, 'org', (id) => replace(isUuid(id) ? 'uuid' : 'code', id));
    change(waiver, 'reason', (reason) => replace('text', reason));
    change(waiver, 'owner', (owner) => replace(owner.includes('@') ? 'email' : 'text', owner));
    change(waiver, 'ticket', (ticket) => replace('code', ticket));
  }
  const stated = statedFields(mapAt(mapAt(legacy, 'usageApi'), 'fields'));
  dropComments(document);
  document.commentBefore = ' Written by `parity snapshot pseudonymise`: replays the snapshot beside it.';
  return { text: document.toString({ lineWidth: 0 }), stated };
}

function dropComments(document: ReturnType<typeof parseDocument>): void {
  document.comment = null;
  visit(document, {
    Node: (_key, node) => {
      node.comment = null;
      node.commentBefore = null;
    },
  });
}

const mapAt = (map: YAMLMap | null, key: string): YAMLMap | null => {
  const found = map?.get(key);
  return isMap(found) ? found : null;
};

const mapsIn = (map: YAMLMap, key: string): YAMLMap[] => {
  const found: unknown = map.get(key);
  return isSeq(found) ? found.items.filter((item): item is YAMLMap => isMap(item)) : [];
};

function change(map: YAMLMap, key: string, to: (text: string) => string): void {
  const found = map.get(key, true);
  if (isScalar(found) && found.value !== null) map.set(key, to(found.source ?? String(found.value)));
}

function rewriteAccess(side: YAMLMap, replace: Replace): void {
  for (const [key, variable] of Object.entries(CREDENTIALS)) if (side.has(key)) side.set(key, quoted(variable));
  for (const key of ORIGINS) change(side, key, (origin) => rewriteOrigin(origin, replace));
}

/** Within braces a variable must stand in quotes. */
function quoted(text: string): Scalar {
  const scalar = new Scalar(text);
  scalar.type = Scalar.QUOTE_DOUBLE;
  return scalar;
}

function statedFields(fields: YAMLMap | null): StatedFields {
  const stated = { figures: new Set<string>(), ids: new Set<string>(), names: new Set<string>() };
  for (const { key, value } of fields?.items ?? []) {
    const [ours, theirs = ''] = [key, value].map((one) => (isScalar(one) ? String(one.value) : ''));
    (ours === 'orgId' ? stated.ids : ours === 'orgName' ? stated.names : stated.figures).add(theirs);
  }
  return stated;
}
