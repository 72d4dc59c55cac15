/** The wire against its documented shape: values that break it, and fields that came or went. */
import { ascending } from 'd3-array';
import { type CheckedBody, isDrift, type SchemaNote } from '../../domain/capture.ts';
import type { Statement } from '../../domain/finding.ts';
import type { OrgRef } from '../../domain/side.ts';
import { breaks } from './invariant-outcome.ts';
import { type Examination, examinationOf, Observer } from './invariant-scope.ts';
import { EQUAL } from './outcome.ts';
import { probed } from './probed.ts';
import type { Observation, SideRule, Sides } from './rule.ts';

const unitsOf = ({ legacy, contract }: Sides): CheckedBody[] => [...(legacy?.documents ?? []), ...contract.documents];
const notesOf = ({ legacy, contract }: Sides): SchemaNote[] => [...(legacy?.schema ?? []), ...contract.schema];

const statementOf = (note: SchemaNote): Statement => ({
  value: note.found,
  raw: note.found,
  at: note.at,
  derivation: null,
});

/** Whom a body is about, as far as one body is about certain organisations; listings are about everyone. */
class Subjects {
  readonly #orgs = new Map<string, Map<string, OrgRef>>();
  readonly #shared = new Set<string>();

  constructor({ sides, contracts }: Examination) {
    for (const { at, org } of sides.legacy?.subscriptions ?? []) this.#add(at.exchange, [org]);
    for (const { at } of sides.contract.listed) this.#shared.add(at.exchange);
    for (const { at, id } of sides.contract.contracts) this.#add(at.exchange, contracts.get(id)?.orgs ?? []);
    for (const { contractId, period } of sides.contract.details) {
      this.#add(period.at.exchange, contracts.get(contractId)?.orgs ?? []);
    }
  }

  #add(exchange: string, orgs: readonly OrgRef[]): void {
    const found = this.#orgs.get(exchange) ?? new Map<string, OrgRef>();
    for (const org of orgs) found.set(org.id, org);
    this.#orgs.set(exchange, found);
  }

  of(exchange: string): readonly OrgRef[] {
    return this.#shared.has(exchange) ? [] : [...(this.#orgs.get(exchange)?.values() ?? [])];
  }
}

function* examineViolations(sides: Sides): Generator<Observation> {
  const examination = examinationOf(sides);
  const observer = new Observer();
  const subjects = new Subjects(examination);
  const byBody = new Map<string, Map<string, SchemaNote>>();
  for (const note of inOrder(notesOf(sides).filter((each) => !isDrift(each)))) {
    const places = byBody.get(note.at.exchange) ?? new Map<string, SchemaNote>();
    const place = `${note.type} ${note.pointer}`;
    if (!places.has(place)) places.set(place, note);
    byBody.set(note.at.exchange, places);
  }
  const bodies = new Map<string, CheckedBody>();
  for (const [exchange, places] of byBody)
    for (const note of places.values()) bodies.set(exchange, { ...note, exchange });
  for (const unit of unitsOf(sides)) bodies.set(unit.exchange, unit);
  for (const { side, type, exchange } of [...bodies.values()].sort((a, b) => ascending(a.exchange, b.exchange))) {
    const orgs = subjects.of(exchange);
    if (orgs.length > 0 && !examination.concerns(orgs)) continue;
    const places = byBody.get(exchange);
    if (places === undefined) {
      const scope = examination.scope({ side, subject: `${type} ${exchange}`, orgs });
      yield observer.observe(scope, EQUAL);
    }
    for (const [place, note] of places ?? []) {
      const scope = examination.scope({ side, subject: `${place} in ${exchange}`, orgs });
      const sentence = `${note.type} has ${note.found} at ${note.pointer}, the schema wants ${note.expected}`;
      yield observer.observe(scope, breaks(side, statementOf(note), null, sentence));
    }
  }
  yield* probed(sides, 'schema-violation', examination, observer);
}

function* examineDrift(sides: Sides): Generator<Observation> {
  const examination = examinationOf(sides);
  const observer = new Observer();
  const places = new Map<string, SchemaNote[]>();
  for (const note of inOrder([...notesOf(sides), ...(sides.familyFacts?.drift ?? [])].filter(isDrift))) {
    const key = `${note.source} ${note.type} ${note.pointer} ${note.kind}`;
    const notes = places.get(key);
    if (notes === undefined) places.set(key, [note]);
    else notes.push(note);
  }
  for (const [subject, notes] of places) {
    const [first] = notes;
    if (first === undefined) continue;
    const scope = examination.scope({ side: first.side, subject });
    yield observer.observe(
      scope,
      breaks(
        first.side,
        statementOf(first),
        null,
        driftWords(
          first,
          notes.reduce((sum, { times = 1 }) => sum + times, 0),
        ),
      ),
    );
  }
}

function driftWords({ type, pointer, kind, found, expected, effect }: SchemaNote, count: number): string {
  if (effect !== undefined) {
    const field = pointer.slice(pointer.lastIndexOf('/') + 1);
    return `${type}.${field} ${CHANGED[kind] ?? kind} since the baseline: ${expected} then, ${found} now. ${effect.sentence}`;
  }
  const times = count === 1 ? 'once' : `${count} times`;
  const field = pointer.slice(pointer.lastIndexOf('/') + 1);
  if (kind === 'vanished-field') return `${type} no longer has ${field} at ${pointer} (${times}): ${expected}`;
  const what = kind === 'old-spelling' ? 'a former name' : 'unknown to the schema';
  return `${type} has the field ${field} at ${pointer}, ${what} (${times}): ${found}`;
}

const CHANGED: Readonly<Record<string, string>> = {
  'new-field': 'is new',
  'gone-field': 'is gone',
  'renamed-field': 'is the new name of a field',
  'retyped-field': 'has another type',
  'newly-null': 'is null',
  'newly-left-out': 'is left out in places',
  'always-there': 'is always there',
  'page-maximum': 'has another maximum',
};

/** By place and then by body, so that the first of several is the same one in every run. */
function inOrder(notes: readonly SchemaNote[]): SchemaNote[] {
  return notes
    .map((note) => ({
      note,
      key: `${note.source}\n${note.type}\n${note.pointer}\n${note.kind}\n${note.at.exchange}\n${note.at.pointer}`,
    }))
    .sort((a, b) => ascending(a.key, b.key))
    .map(({ note }) => note);
}

const schemaViolation: SideRule = {
  id: 'schema-violation',
  category: 'schema',
  looksAt: 'sides',
  title: 'Values keep to the documented schema',
  doc: 'Every body of both sides against the JSON Schema of its type: a known field whose value has another type, another format or a value outside its enumeration. One check a body; each place of a body that breaks it is a finding. Legacy shapes that are not documented are checked only as far as they are assumed. `validate` also looks at how requests are refused (401, 403, 404, 400 as ErrorBody with a context id) and at what the links of invoices lead to (a PDF).',
  example: '"actualQuantity":"15" where a number is due · "status":"Suspended" where Active or Inactive is',
  examine: examineViolations,
};

const schemaDrift: SideRule = {
  id: 'schema-drift',
  category: 'schema',
  looksAt: 'sides',
  overall: true,
  title: 'Fields stay as documented',
  doc: 'A field that the schema does not know, one that vanished, or one under a former name (which is still read); with a baseline of the observed shape (`snapshots/<scenario>/shape.json`), what is new, gone, renamed, retyped, newly null, newly left out or newly always there since, with its effect on the comparison. One finding for each place in the schema, over all bodies. Tolerated, unless the scenario’s gate says `failOnDrift`.',
  example: '"tierName":"gold" in a charge · "getactualQuantity" for "actualQuantity"',
  examine: examineDrift,
};

export const schemaRules: readonly SideRule[] = [schemaViolation, schemaDrift];
