/** The products of a proposal as lines of a scenario: evidence as comments, and what is open commented out. Pure. */
import { stringify } from 'yaml';
import { usageKindOf } from '../../compare/pairs/usage-kind.ts';
import type { UsageKind } from '../../domain/line.ts';
import { isUnity, ratioText } from '../../domain/ratio.ts';
import { productKey } from '../../domain/side.ts';
import type { Mapping, Proposal } from './mapping.ts';
import { evidenceWords, openWords } from './words.ts';

/** Lines of the file, and a sentence for each thing that is open in them. */
export interface Part {
  readonly lines: readonly string[];
  readonly open: readonly string[];
}

/** Of partner billing alone: no answer says which application a product belongs to. */
export const NO_APP = 'partner-billing';

/** As YAML; `flow` within brackets. */
export const scalar = (text: string): string => stringify(text, { lineWidth: 0 }).trim();
export const flow = (text: string): string => (/[,[\]{}]/.test(text) ? JSON.stringify(text) : scalar(text));

/** Products by application; those of which nobody says the application stand last, commented out. */
export function appsText(appIds: readonly string[], { proposals, leftSkus }: Mapping): Part {
  const byApp = new Map<string, Proposal[]>(appIds.map((appId) => [appId, []]));
  for (const proposal of proposals) {
    for (const appId of appsStating(proposal, appIds)) byApp.get(appId)?.push(proposal);
  }
  const blocks = [...byApp].map(([appId, own]) => appLines(appId, own));
  const usable = blocks.some(({ usable }) => usable);
  return {
    lines: [
      ...(usable ? ['apps:'] : ['# apps: open: no product could be mapped', '# apps:']),
      ...blocks.flatMap(({ lines }) => lines),
      ...leftSkus.map(
        ({ name, holdings }) =>
          `  # On the contract side only: ${name} (${holdings.length} ${holdings.length === 1 ? 'holder' : 'holders'})`,
      ),
      '',
    ],
    open: [
      ...blocks.flatMap(({ open }) => open),
      ...openKinds([...new Set([...byApp.values()].flat())]),
      ...leftSkus.map(({ name }) => `${name} is on the contract side, and no part number was found for it.`),
    ],
  };
}

/** Empty: the usage API is asked, and only partner billing states the product, as it does those that are no applications of yours. */
export function appsStating({ part }: Proposal, appIds: readonly string[]): readonly string[] {
  if (appIds.length === 1 && appIds[0] === NO_APP) return appIds;
  const stated = new Set(part.lines.flatMap(({ appId }) => appId ?? []));
  return appIds.filter((appId) => stated.has(appId));
}

function appLines(appId: string, proposals: readonly Proposal[]): Part & { readonly usable: boolean } {
  const found = proposals.filter(({ standing }) => standing !== 'open');
  const usable = found.length > 0;
  const mark = usable ? '' : '# ';
  const note =
    appId === NO_APP
      ? ' # no API that was asked names applications; of no matter while only partner billing is asked'
      : '';
  const lines = [
    ...(usable
      ? []
      : [
          `  # open: ${proposals.length === 0 ? 'no product of this application was seen' : 'none of its products could be mapped'}`,
        ]),
    `  ${mark}- appId: ${scalar(appId)}${note}`,
    `  ${mark}  products:`,
    ...proposals.flatMap((proposal) => productLines(proposal)),
  ];
  const open = proposals.flatMap((proposal) =>
    proposal.standing === 'open' ? [`${proposal.partNumber}: ${openWords(proposal)}`] : [],
  );
  return {
    lines,
    open: [...(proposals.length === 0 ? [`No product of the application ${appId} was seen.`] : []), ...open],
    usable,
  };
}

function openKinds(proposals: readonly Proposal[]): string[] {
  const names = proposals.filter((one) => one.standing !== 'open' && kindOf(one) === null);
  if (names.length === 0) return [];
  const kindWords = names.map(({ partNumber }) => partNumber).join(', ');
  return [
    `${kindWords}: nothing says how the use adds up over a billing period that is cut in two. Set \`kind\` where one is.`,
  ];
}

function productLines(proposal: Proposal): string[] {
  const { partNumber } = proposal;
  const indent = '      ';
  if (proposal.standing === 'open') {
    return [
      `${indent}# open: ${proposal.because}`,
      ...proposal.candidates.map(
        ({ skus, evidence }) => `${indent}#   ${skus.join(' + ')}: ${evidenceWords(evidence)}`,
      ),
      `${indent}# - { partNumber: ${flow(partNumber)}, sku: … }`,
    ];
  }
  const { skus, evidence } = proposal.chosen;
  const kind = kindOf(proposal);
  const parts = [
    `partNumber: ${flow(partNumber)}`,
    ...(skus.length === 1 && productKey(skus[0] ?? '') === productKey(partNumber)
      ? []
      : [`sku: ${skus.length === 1 ? flow(skus[0] ?? '') : `[${skus.map(flow).join(', ')}]`}`]),
    ...(isUnity(evidence.factor) ? [] : [`factor: ${scalar(ratioText(evidence.factor))}`]),
    ...(kind === null ? [] : [`kind: ${kind}`]),
  ];
  return [
    `${indent}# ${evidenceWords(evidence)}`,
    `${indent}- { ${parts.join(', ')} }${kind === null ? ' # kind is open: user, sum, peak or site' : ''}`,
  ];
}

/** What is certain of how use adds up: unit or grouping say it, or the pieces of cut periods do. */
function kindOf(proposal: Proposal): UsageKind | null {
  if (proposal.standing === 'open') return null;
  const { held, evidence } = proposal.chosen;
  const contractLines = held.flatMap(({ lines }) => lines);
  const kindWords = usageKindOf({ product: { kind: null }, legacyLines: proposal.part.lines, contractLines });
  const { add, greatest } = evidence.pieces;
  if (kindWords !== null || add + greatest === 0) return kindWords;
  if (add > 0 && greatest > 0) return null;
  return add > 0 ? 'sum' : 'peak';
}
