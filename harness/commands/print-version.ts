/** `parity --version` alone: scripts ask for it many times, and it needs none of the commands. */
import { VERSION } from '../runner/version.ts';

export const versionLine = `${VERSION}\n`;
