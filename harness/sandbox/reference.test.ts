import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { faultReferenceText } from './faults/reference.ts';
import { sandboxReferenceText } from './reference.ts';

it.each([
  ['sandbox', sandboxReferenceText],
  ['faults', faultReferenceText],
])('docs/%s.md is what the registry says (npm run generate writes it again)', (name, text) => {
  expect(readFileSync(new URL(`../../docs/${name}.md`, import.meta.url), 'utf8')).toBe(text());
});
