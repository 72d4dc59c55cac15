/** Writes the generated files again from dist/ (build first). Tests fail while a committed one is stale. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Each file and the module and function in dist/ that says what stands in it. */
const GENERATED = [
  { file: 'scenarios/scenario.schema.json', module: 'scenario/json-schema.js', text: 'scenarioJsonSchemaText' },
  { file: 'docs/rules.md', module: 'compare/rule-reference.js', text: 'ruleReferenceText' },
  { file: 'docs/sandbox.md', module: 'sandbox/reference.js', text: 'sandboxReferenceText' },
  { file: 'docs/faults.md', module: 'sandbox/faults/reference.js', text: 'faultReferenceText' },
];

const at = (path) => new URL(`../${path}`, import.meta.url);

for (const { file, module, text } of GENERATED) {
  if (!existsSync(at(`dist/${module}`))) {
    console.error(`dist/${module} is not there: run npm run build first`);
    process.exit(1);
  }
  const wanted = (await import(at(`dist/${module}`).href))[text]();
  const current = existsSync(at(file)) ? readFileSync(at(file), 'utf8') : null;
  if (wanted !== current) writeFileSync(at(file), wanted);
  console.log(`${wanted === current ? 'unchanged' : 'written  '}  ${fileURLToPath(at(file))}`);
}
