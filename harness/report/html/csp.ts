/** The page's own content security policy: nothing from anywhere, and only our script and style, by their hashes. */
import { createHash } from 'node:crypto';
import type { Assets } from './assets.ts';

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;

export const contentSecurityPolicy = ({ script, style }: Partial<Assets> & Pick<Assets, 'style'>): string =>
  [
    "default-src 'none'",
    ...(script === undefined ? [] : [`script-src ${hashOf(script)}`]),
    `style-src ${hashOf(style)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
