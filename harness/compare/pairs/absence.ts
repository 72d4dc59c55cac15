/** Why nobody can say whether what one side of a pair has is missing on the other. */
import type { Pair } from './pair.ts';

type Sides = Pick<Pair, 'legacy' | 'contract' | 'question' | 'nameless' | 'unreadSource'>;

/** Null where both sides have lines, where what one side has is nothing, and where the other's is proven to be missing. */
export function openAbsence(pair: Sides): string | null {
  const { legacy, contract } = pair;
  if (legacy !== null && contract === null) return whyOpen(pair, legacy.size, true);
  return contract !== null && legacy === null ? whyOpen(pair, contract.size, false) : null;
}

function whyOpen({ question, nameless, unreadSource }: Sides, size: string, isLegacy: boolean): string | null {
  if (size === 'none') return null;
  const [who, other] = isLegacy ? ['legacy', 'contract'] : ['contract', 'legacy'];
  if (size === 'unclear') {
    return `${who} has a line whose quantities cannot all be read, and ${other} has none: nobody can say whether it is missing`;
  }
  if (question !== null) return question;
  const unnamed = isLegacy ? nameless.contract : nameless.legacy;
  if (unnamed !== null) return unnamed;
  return isLegacy || unreadSource === null ? null : `legacy has no line for it, and ${unreadSource}`;
}
