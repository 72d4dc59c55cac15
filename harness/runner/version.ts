/** Our own version, from the package that is running. */
import { readFileSync } from 'node:fs';

/** dist/commands/ and harness/commands/ both lie two folders below package.json. */
const manifest: { version: string } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

export const VERSION = manifest.version;
