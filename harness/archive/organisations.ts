/** Whom an exchange is about: the organisations that its path and its body name. */
import type { Exchange } from '../domain/exchange.ts';
import { orgId } from '../domain/side.ts';

const IN_PATH = /\/(?:organizations|trusteebillingoverview)\/([^/?]+)/;
const OWN = new Set(['orgId', 'organizationId']);
const HOLDERS = new Set(['organization', 'organizations']);

/** Lower-case ids, each once. A body that is no JSON names nobody. */
export function organisationsIn(exchange: Exchange): ReadonlySet<string> {
  const found = new Set<string>();
  const inPath = IN_PATH.exec(exchange.path)?.[1];
  if (inPath !== undefined) found.add(orgId(decodeURIComponent(inPath)));
  if (exchange.outcome.kind === 'answer') collect(parsed(exchange.outcome.body), found);
  return found;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

/** With a list of its own of what is still to be looked at: bodies may be nested deeper than the stack. */
function collect(root: unknown, found: Set<string>): void {
  const open: { value: unknown; key: string }[] = [{ value: root, key: '' }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, key } = next;
    if (Array.isArray(value)) for (const item of value) open.push({ value: item, key });
    else if (typeof value === 'object' && value !== null) {
      for (const [name, inner] of Object.entries(value)) {
        const isOrg = OWN.has(name) || (name === 'id' && HOLDERS.has(key));
        if (isOrg && typeof inner === 'string') found.add(orgId(inner));
        else open.push({ value: inner, key: name });
      }
    }
  }
}
