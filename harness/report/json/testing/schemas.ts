/** The published schemas, as a program that reads results would check them. */
import { readFile } from 'node:fs/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

/** @returns what is wrong; empty if nothing is. */
export type SchemaCheck = (value: unknown) => string[];

export async function checker(name: string): Promise<SchemaCheck> {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true });
  formats.default(ajv);
  const text = await readFile(new URL(`../../../../reports/${name}`, import.meta.url), 'utf8');
  const validate = ajv.compile(JSON.parse(text));
  return (value) =>
    validate(value) ? [] : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
}
