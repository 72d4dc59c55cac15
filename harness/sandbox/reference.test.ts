import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { sandboxReferenceText } from './reference.ts';

it('docs/sandbox.md is what the registry says (npm run generate writes it again)', () => {
  expect(readFileSync(new URL('../../docs/sandbox.md', import.meta.url), 'utf8')).toBe(sandboxReferenceText());
});
