/** Reads a scenario file whole: every fault at once, or a scenario that needs no further interpretation. */
import { createHash } from 'node:crypto';
import { basename, resolve } from 'node:path';
import { isoDate } from '../domain/billing-period.ts';
import { type FileIssue, ScenarioInvalidError } from '../domain/errors.ts';
import type { Side } from '../domain/side.ts';
import { checkTogether } from './checks.ts';
import { type Document, type Expand, type ParsedScenario, type Path, parseScenario } from './document.ts';
import { type Lookup, openEnvironment } from './environment.ts';
import { faultsOf } from './faults.ts';
import { interpolate } from './interpolation.ts';
import { notAScenario } from './not-a-scenario.ts';
import { valueAt } from './plain.ts';
import { decode, readBytes } from './read-text.ts';
import { resolvePolicy, resolveScenario } from './resolve.ts';
import type { LoadedScenario } from './scenario.ts';
import { type ScenarioFile, scenarioSchema } from './schema.ts';
import { warningsOf } from './warnings.ts';

export interface LoadOptions {
  /** Where `${NAME}` is looked up before the `.env` file beside the scenario. */
  readonly env: NodeJS.ProcessEnv;
  /**
   * Sides that will not be asked over the network (a snapshot or the sandbox serves them): a variable missing in one of
   * their credentials is then no fault, and the credential reads `unset`.
   */
  readonly unasked?: readonly Side[];
}

/**
 * Loads one scenario. Nothing is sent.
 * @throws ScenarioInvalidError with every fault of the file, in its order; values of variables never stand in it.
 * @throws HarnessError `usage` if the file is not there, cannot be read, or is larger than 1 MiB; `configuration` for an
 *   `.env` file that cannot be read.
 */
export async function loadScenario(path: string, options: LoadOptions): Promise<LoadedScenario> {
  return loaded(await readBytes(path, 'scenario'), path, options);
}

/**
 * A scenario that stands in no file yet.
 * @param path where it is going to stand: an `.env` file beside it counts
 * @throws as `loadScenario`
 */
export const scenarioOfText = (text: string, path: string, options: LoadOptions): Promise<LoadedScenario> =>
  loaded(Buffer.from(text), path, options);

/**
 * For a contract side that comes from files or a snapshot, where nothing is to be said but what there is.
 * @param folder whose name the run gets; what cannot be part of a name becomes a dash
 */
export async function bareScenario(folder: string): Promise<LoadedScenario> {
  const plain =
    basename(resolve(folder))
      .replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')
      .replace(/^[^\p{L}\p{N}]+/u, '')
      .slice(0, 80) || 'files';
  const contract = 'contract: { region: us-east-1, clientId: unset, clientSecret: unset }';
  const text = `version: 1\nname: ${JSON.stringify(plain)}\n${contract}\n`;
  const bare = await loaded(Buffer.from(text), 'no-scenario.yaml', { env: {}, unasked: ['legacy', 'contract'] });
  return { ...bare, warnings: [] };
}

async function loaded(bytes: Buffer, path: string, options: LoadOptions): Promise<LoadedScenario> {
  const text = decode(bytes, path);
  const lookup = await openEnvironment(path, options.env);
  const { document, issues } = read(text, path, lookup, options.unasked ?? []);
  if (document === null) throw new ScenarioInvalidError(inOrder(issues));
  const other = notAScenario(document);
  if (other !== null) throw other;
  const file = check(document, issues);
  return {
    path,
    name: file.name,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    scenario: resolveScenario(file),
    policy: resolvePolicy(file),
    warnings: inOrder(warningsOf(document, file)),
  };
}

function read(text: string, path: string, lookup: Lookup, unasked: readonly Side[]): ParsedScenario {
  const asked = parseScenario(text, path, expandWith(lookup, unasked));
  // Only the document itself tells that the sandbox serves both sides; then neither side's credentials are needed.
  const inSandbox = valueAt(asked.document?.value, ['sandbox']) !== undefined;
  return inSandbox ? parseScenario(text, path, expandWith(lookup, ['legacy', 'contract'])) : asked;
}

function check(document: Document, issues: readonly FileIssue[]): ScenarioFile {
  const parsed = scenarioSchema.safeParse(document.value);
  const faults = [
    ...issues,
    ...faultsOf(document, parsed.error?.issues ?? []),
    ...checkTogether(document, isoDate(new Date().toISOString())),
  ];
  if (parsed.success && faults.length === 0) return parsed.data;
  throw new ScenarioInvalidError(inOrder(faults));
}

const CREDENTIALS: ReadonlySet<PropertyKey | undefined> = new Set(['apiKey', 'clientId', 'clientSecret']);

function expandWith(lookup: Lookup, unasked: readonly Side[]): Expand {
  const isSpared = (path: Path): boolean => CREDENTIALS.has(path.at(-1)) && unasked.some((side) => side === path[0]);
  return (text, path) => interpolate(text, isSpared(path) ? (name) => lookup(name) ?? 'unset' : lookup);
}

const inOrder = (issues: readonly FileIssue[]): FileIssue[] =>
  [...issues].sort((a, b) => a.line - b.line || a.column - b.column);
