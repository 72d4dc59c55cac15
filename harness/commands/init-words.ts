/** What `parity init` says: what was found with its evidence, what is open, and what comes next. */
import path from 'node:path';
import { HarnessError } from '../domain/errors.ts';
import { wrap } from '../report/terminal/layout.ts';
import { safeText } from '../report/words/safe-text.ts';
import { appsStating } from '../runner/proposal/product-text.ts';
import type { SampledSides } from '../runner/proposal/sample-sides.ts';
import { evidenceWords } from '../runner/proposal/words.ts';
import type { Found } from './init-access.ts';
import type { Written } from './init-files.ts';
import type { ScenarioFiles } from './init-scenarios.ts';
import { shown } from './io.ts';

const MOST_FAILURES = 3;

/** A side of which nothing could be read: then nothing can be proposed. Null: both said something. */
export function couldNotLook({
  legacy,
  contract,
  legacySources,
  failures,
  origins,
}: SampledSides): HarnessError | null {
  const silent = [
    ...(legacySources.length > 0 && (legacy?.subscriptions.length ?? 0) === 0 ? legacySources : []),
    ...(contract.contracts.length === 0 ? (['contract-api'] as const) : []),
  ];
  const [first] = silent;
  if (first === undefined) return null;
  const own = failures.filter(({ source }) => silent.includes(source));
  const [failure] = own;
  const asked = origins[first] ?? first;
  if (failure === undefined) {
    return new HarnessError('http-status', `${first} at ${asked} knows nobody; nothing was written`, {
      hint:
        first === 'usage-api'
          ? 'Look at how the application ids are spelt (--app), and whether the API key serves them.'
          : 'Look at whether the credentials are those of the organisation that has customers.',
    });
  }
  const more = own.length > 1 ? ` (${own.length} requests failed)` : '';
  // Something was sent: no matter of usage.
  const code = failure.code === 'configuration' ? 'http-status' : failure.code;
  return new HarnessError(code, `${first} at ${asked} could not be asked${more}: ${failure.message}`, {
    hint: 'Nothing was written. Mend that, and repeat the command.',
  });
}

/** As wide as a terminal of 80 columns; what goes on is set in. */
function markedLine(mark: string, text: string): string {
  const [first = '', ...rest] = wrap(safeText(`${mark.trim()} ${text}`.trim()), 74);
  return [`  ${first}`, ...rest.map((line) => `    ${line}`)].join('\n');
}

export function foundWords(sampled: SampledSides, appIds: readonly string[]): string {
  const { mapping, fields, failures } = sampled;
  const ofApps = mapping.proposals.filter((proposal) => appsStating(proposal, appIds).length > 0);
  const others = mapping.proposals.filter((proposal) => appsStating(proposal, appIds).length === 0);
  const lines = [
    ...whoWasAsked(sampled),
    '',
    'Products',
    ...ofApps.map((proposal) =>
      proposal.standing === 'open'
        ? markedLine('?', `${proposal.partNumber} is open: ${proposal.because}`)
        : markedLine(
            '  ✓',
            `${proposal.partNumber} → ${proposal.chosen.skus.join(' + ')}: ${evidenceWords(proposal.chosen.evidence)}`,
          ),
    ),
    ...mapping.leftSkus.map(({ name, holdings }) =>
      markedLine(
        '  ?',
        `${name} is on the contract side only (${holdings.length} ${holdings.length === 1 ? 'organisation' : 'organisations'})`,
      ),
    ),
    ...(others.length === 0
      ? []
      : [
          markedLine(
            '  -',
            `left out, as only partner billing states them: ${others.map(({ partNumber }) => partNumber).join(', ')}`,
          ),
        ]),
    ...fields.proposals.map(({ field, wire, agree, differ }) =>
      wire === null
        ? markedLine('  ?', `no field of the usage API is read as ${field}`)
        : markedLine(
            '  ✓',
            `${field} stands as ${wire} on the wire: ${agree} values agree with the contract side, ${differ} do not`,
          ),
    ),
    ...(fields.unknown.length === 0
      ? []
      : [markedLine('?', `fields of the usage API that are read as nothing: ${fields.unknown.join(', ')}`)]),
    ...failures.slice(0, MOST_FAILURES).map(({ source, message }) => markedLine('!', `${source}: ${message}`)),
    ...(failures.length > MOST_FAILURES
      ? [markedLine('!', `${failures.length - MOST_FAILURES} more could not be read`)]
      : []),
  ];
  return `${lines.join('\n')}\n\n`;
}

function whoWasAsked({ legacy, contract, known, origins }: SampledSides): string[] {
  const subscriptions = legacy?.subscriptions ?? [];
  const ofLegacy = new Set(subscriptions.map(({ org }) => org.id));
  const ofContract = new Set(
    contract.contracts.flatMap(({ plans }) => plans.flatMap(({ orgs }) => orgs.map(({ id }) => id))),
  );
  const regions = new Set(subscriptions.flatMap(({ region }) => region ?? []));
  const count = (from: ReadonlySet<string>, without: ReadonlySet<string>): number =>
    [...from].filter((id) => !without.has(id)).length;
  const sample = known !== null && known > ofLegacy.size ? `, a share of the ${known} that it lists` : '';
  return [
    'Found',
    ...Object.entries(origins).map(([source, origin]) => markedLine('', `${source} at ${origin}`)),
    ...(legacy === null
      ? []
      : [
          markedLine(
            '  ',
            `legacy: ${ofLegacy.size} organisations${sample}${regions.size === 0 ? '' : ` in ${[...regions].sort().join(', ')}`}`,
          ),
          markedLine(
            '  ',
            `on both sides ${count(ofLegacy, new Set()) - count(ofLegacy, ofContract)}, on legacy alone ${count(ofLegacy, ofContract)}`,
          ),
        ]),
    markedLine(
      '',
      `contract side: ${contract.contracts.length} contracts of ${ofContract.size} organisations${legacy === null ? '' : `, ${count(ofContract, ofLegacy)} of which legacy does not name`}`,
    ),
  ];
}

export interface WrittenFiles {
  readonly files: ScenarioFiles;
  readonly written: Written;
  readonly sampled: SampledSides;
  readonly found: Found;
  readonly extras: {
    readonly ci?: string;
    readonly playwright?: true;
    readonly legacy?: string;
    readonly contract?: string;
  };
}

export function writtenWords({ files, written, sampled, extras }: WrittenFiles): string {
  const nightly = shown(files.nightly);
  const origins = [
    ...(extras.legacy === undefined ? [] : [`--legacy ${extras.legacy}`]),
    ...(extras.contract === undefined ? [] : [`--contract ${extras.contract}`]),
  ];
  const from = extras.legacy === 'sandbox' || origins.length === 0 ? '' : ` ${origins.join(' ')}`;
  const compares = sampled.legacySources.length > 0;
  const env = path.join(path.dirname(nightly), '.env');
  return [
    'Written',
    ...written.written.map((file) => `  ${shown(file)}`),
    ...written.left.map((file) => `  ${shown(file)} is there already and was left as it is`),
    '',
    ...(files.open.length === 0 ? [] : ['Open', ...files.open.map((sentence) => markedLine('-', sentence)), '']),
    ...(files.noCycles === null ? [] : ['No closed cycles', markedLine('-', files.noCycles), '']),
    'Next',
    ...(files.variables.length === 0 || from !== '' || written.written.some((file) => path.basename(file) === '.env')
      ? []
      : [markedLine('', `Set ${files.variables.join(', ')} (environment or ${env}).`)]),
    `  parity doctor ${nightly}${from}`,
    `  parity ${compares ? 'run' : 'validate'} ${nightly}${from}`,
    ...(files.closed !== null && !files.recorded ? [`  parity run ${shown(files.closed)}${from}`] : []),
    ...(files.recorded && files.closed !== null
      ? [`  ${shown(files.closed)} says when to record, and how to compare then.`]
      : []),
    ...(extras.playwright ? ['  npm install --save-dev playwright && npx playwright test'] : []),
    '',
  ].join('\n');
}
