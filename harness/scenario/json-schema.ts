/** The JSON Schema of scenarios: published for editors, and asked for the keys that a map may have. */
import { z } from 'zod';
import type { Path } from './document.ts';
import { scenarioSchema } from './schema.ts';
import { worldSchema } from './world/schema.ts';

/** The part of JSON Schema (draft 7) that the scenario's schema uses. */
export interface SchemaNode {
  readonly $schema?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly propertyNames?: { readonly enum?: readonly string[] };
  readonly additionalProperties?: SchemaNode | boolean;
  readonly items?: SchemaNode;
  readonly anyOf?: readonly SchemaNode[];
}

/** Draft 7, because the YAML plug-ins of editors know it best. */
export const scenarioJsonSchema = (): SchemaNode =>
  z.toJSONSchema(scenarioSchema, {
    io: 'input',
    target: 'draft-7',
    override: ({ jsonSchema }) => {
      // Defaults are written as the document hands numbers over: as text. Editors offer them as they stand here.
      if (jsonSchema.type === 'integer' && typeof jsonSchema.default === 'string') {
        jsonSchema.default = Number(jsonSchema.default);
      }
    },
  }) as SchemaNode;

/** The file `scenarios/scenario.schema.json`, to the byte. */
export function scenarioJsonSchemaText(): string {
  const { $schema, ...rest } = scenarioJsonSchema();
  return `${JSON.stringify({ $schema, title: 'Cutover Parity scenario', ...rest }, null, 2)}\n`;
}

/** Files that people write. */
export type FileKind = 'scenario' | 'world';

const roots = new Map<FileKind, SchemaNode>();

function rootOf(kind: FileKind): SchemaNode {
  const known = roots.get(kind);
  if (known !== undefined) return known;
  const made =
    kind === 'scenario'
      ? scenarioJsonSchema()
      : (z.toJSONSchema(worldSchema, { io: 'input', target: 'draft-7' }) as SchemaNode);
  roots.set(kind, made);
  return made;
}

/** Keys that the map at a path may have; empty where any may stand. */
export function knownKeys(path: Path, kind: FileKind = 'scenario'): readonly string[] {
  let nodes: readonly SchemaNode[] = [rootOf(kind)];
  for (const step of path) nodes = nodes.flatMap((node) => alternatives(node).flatMap((one) => stepInto(one, step)));
  return nodes
    .flatMap(alternatives)
    .flatMap((node) => [...Object.keys(node.properties ?? {}), ...(node.propertyNames?.enum ?? [])]);
}

const alternatives = (node: SchemaNode): readonly SchemaNode[] => [node, ...(node.anyOf ?? []).flatMap(alternatives)];

function stepInto(node: SchemaNode, step: PropertyKey): readonly SchemaNode[] {
  if (typeof step === 'number') return node.items === undefined ? [] : [node.items];
  const own = node.properties?.[String(step)];
  if (own !== undefined) return [own];
  return typeof node.additionalProperties === 'object' ? [node.additionalProperties] : [];
}
