/** Which release of the vendor's SDK a project has: the vendor generates it from the API's own definition. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';

const NAME = 'purecloud-platform-client-v2';

/** The version that a project at the folder would load; null if it has none. */
export async function installedSdk(dir: string): Promise<string | null> {
  const file = path.join(dir, 'node_modules', NAME, 'package.json');
  const text = await readFile(file, 'utf8').catch(() => null);
  const version = text === null ? undefined : versionIn(text);
  if (version !== undefined) return version;
  const parent = path.dirname(dir);
  return parent === dir ? null : installedSdk(parent);
}

function versionIn(text: string): string | undefined {
  try {
    const { version } = JSON.parse(text) as { version?: unknown };
    return typeof version === 'string' ? version : undefined;
  } catch {
    return undefined;
  }
}

/** Whether `version` is of a later release; by its numbers, as the vendor counts them. */
export function isNewer(version: string, than: string): boolean {
  const [a, b] = [version, than].map((text) => text.split('.').map((part) => Number.parseInt(part, 10) || 0));
  for (const at of [0, 1, 2]) {
    const difference = (a?.[at] ?? 0) - (b?.[at] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return false;
}
