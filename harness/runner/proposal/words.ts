/** Evidence in words, for a comment in the scenario and for the terminal. Pure. */
import { isUnity, ratioText } from '../../domain/ratio.ts';
import type { Evidence } from './evidence.ts';
import type { Proposal } from './mapping.ts';

const LIKENESS = {
  same: 'same name',
  stem: 'same name but for prefix or ending',
  title: 'same name for people',
  none: 'other names',
} as const;

const counted = (count: number, one: string, several = `${one}s`): string => `${count} ${count === 1 ? one : several}`;

/** `same name; held on both sides by 12, on legacy alone by 0 …; quantities: 11 agree, 1 differs`. */
export function evidenceWords({
  likeness,
  factor,
  both,
  legacyOnly,
  contractOnly,
  agree,
  differ,
  ratesAgree,
  ratesDiffer,
  pieces,
}: Evidence): string {
  const alone = [
    ...(legacyOnly > 0 ? [`by ${legacyOnly} on legacy alone`] : []),
    ...(contractOnly > 0 ? [`by ${contractOnly} on the contract side alone`] : []),
  ];
  return [
    LIKENESS[likeness],
    `held by ${counted(both, 'organisation')} on both sides${alone.length === 0 ? '' : `, ${alone.join(', ')}`}`,
    `quantities${isUnity(factor) ? '' : ` × ${ratioText(factor)}`}: ${agree} agree, ${differ} ${differ === 1 ? 'differs' : 'differ'}`,
    ...(ratesAgree + ratesDiffer === 0
      ? []
      : [`rates: ${ratesAgree} agree, ${ratesDiffer} ${ratesDiffer === 1 ? 'differs' : 'differ'}`]),
    ...(pieces.add + pieces.greatest === 0
      ? []
      : [`cut periods: ${pieces.add} add up, ${pieces.greatest} by the greatest piece`]),
  ].join('; ');
}

/** What is open and what is nearest. */
export function openWords({ because, candidates }: Proposal & { readonly standing: 'open' }): string {
  const [nearest] = candidates;
  const near = nearest === undefined ? '' : ` (nearest: ${nearest.skus.join(' + ')})`;
  return `${because}${near}.`;
}
