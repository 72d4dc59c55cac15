/** Whether a result.json is one of ours, by its published schema. */
import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

/** dist/history/ and harness/history/ both lie two folders below the package's own. */
const SCHEMA = new URL('../../reports/result.schema.json', import.meta.url);

let compiled: ValidateFunction | undefined;

/** Fields that a newer release added are dropped, not refused: the version says whether a result can be understood. */
function validator(): ValidateFunction {
  if (compiled === undefined) {
    const ajv = new Ajv2020({ strict: false, removeAdditional: true });
    formats.default(ajv);
    compiled = ajv.compile(JSON.parse(readFileSync(SCHEMA, 'utf8')) as object);
  }
  return compiled;
}

/** @returns why it is not a result that this release understands; null if it is one. Drops fields that are not known. */
export function mustBeResult(value: unknown): string | null {
  const version = typeof value === 'object' && value !== null && 'schemaVersion' in value ? value.schemaVersion : null;
  if (version === null) return 'result.json is not one of parity';
  if (version !== 1) return `result.json has version ${JSON.stringify(version)}; this release reads version 1`;
  const validate = validator();
  if (validate(value)) return null;
  const [fault] = validate.errors ?? [];
  return `result.json is not whole: ${fault?.instancePath || 'it'} ${fault?.message ?? 'is not as it should be'}`;
}
