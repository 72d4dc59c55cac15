/** Which SKU stands for which part number, as far as both sides' answers can say. What they cannot say is left open. Pure. */
import { type Evidence, evidenceFor } from './evidence.ts';
import type { Held, HeldProducts } from './holdings.ts';

export interface Candidate {
  readonly skus: readonly string[];
  readonly held: readonly Held[];
  readonly evidence: Evidence;
}

/**
 * `proven`: the quantities of three holders or more say it. `named`: the names say it, and too few quantities are there to
 * contradict. `open`: nobody can say; `candidates` are the nearest.
 */
export type Proposal = { readonly partNumber: string; readonly part: Held } & (
  | { readonly standing: 'proven' | 'named'; readonly chosen: Candidate }
  | { readonly standing: 'open'; readonly because: string; readonly candidates: readonly Candidate[] }
);

export interface Mapping {
  /** In the order of the part numbers. */
  readonly proposals: readonly Proposal[];
  /** On the contract side, and proposed for no part number. */
  readonly leftSkus: readonly Held[];
}

/** So many holders with quantities of their own prove a mapping whatever the names. */
const PROOF = 3;
/** Of those that can be judged, so many in a hundred agree; the others may be what a run is to find. */
const MOST_AGREE = 0.7;

export function proposeMapping(legacy: HeldProducts, contract: HeldProducts): Mapping {
  return new Proposing(legacy, contract).mapping();
}

class Proposing {
  readonly #legacy: HeldProducts;
  readonly #contract: HeldProducts;
  readonly #chosen = new Map<string, { readonly candidate: Candidate; readonly standing: 'proven' | 'named' }>();
  readonly #taken = new Set<string>();
  /** Every part number against every SKU that one of its holders has. */
  readonly #single = new Map<string, Candidate[]>();

  constructor(legacy: HeldProducts, contract: HeldProducts) {
    this.#legacy = legacy;
    this.#contract = contract;
    for (const [key, part] of legacy) {
      const all = [...contract.values()].map((sku) => candidateOf(part, [sku]));
      this.#single.set(
        key,
        all.filter(({ evidence }) => evidence.both > 0 || evidence.likeness === 'same'),
      );
    }
  }

  mapping(): Mapping {
    this.#take((candidate) => isProven(candidate) && candidate.evidence.likeness === 'same');
    this.#take((candidate) => isProven(candidate) && candidate.evidence.likeness !== 'none');
    this.#takeTogether();
    this.#take((candidate) => isProven(candidate));
    this.#take(({ evidence }) => evidence.likeness === 'same' && isUncontradicted(evidence), 'named');
    this.#take(({ evidence }) => evidence.likeness !== 'none' && evidence.agree > 0 && evidence.differ === 0, 'named');
    const proposals = [...this.#legacy].map(([key, part]) => this.#proposal(key, part));
    return { proposals, leftSkus: [...this.#contract.values()].filter(({ name }) => !this.#taken.has(name)) };
  }

  #free(key: string): Candidate[] {
    return (this.#single.get(key) ?? []).filter(({ skus }) => skus.every((sku) => !this.#taken.has(sku)));
  }

  /** What fits one part number alone, and is the only one that fits it. Two that fit leave it open. */
  #take(fits: (candidate: Candidate) => boolean, standing: 'proven' | 'named' = 'proven'): void {
    const fitting = [...this.#legacy.keys()]
      .filter((key) => !this.#chosen.has(key))
      .map((key) => ({ key, own: this.#free(key).filter(fits) }));
    for (const { key, own } of fitting) {
      const [candidate] = own;
      if (candidate === undefined) continue;
      const rivals = fitting.filter((other) => other.own.some(({ skus }) => skus[0] === candidate.skus[0]));
      if (own.length > 1) this.#choose(key, this.#inTurn(key, own), standing);
      else if (rivals.length === 1) this.#choose(key, candidate, standing);
    }
  }

  /** Several SKUs of which each holder has one: earlier contracts sold it under another. */
  #inTurn(key: string, own: readonly Candidate[]): Candidate | null {
    const skus = own.flatMap(({ held }) => held);
    const holders = skus.flatMap(({ holdings }) => holdings.map(({ orgs }) => orgs.join(',')));
    const part = this.#legacy.get(key);
    if (part === undefined || new Set(holders).size !== holders.length) return null;
    const together = candidateOf(part, skus);
    return isProven(together) ? together : null;
  }

  /** Two SKUs whose quantities add up to the part number's, or of which each holder has one. */
  #takeTogether(): void {
    for (const [key, part] of this.#legacy) {
      if (this.#chosen.has(key)) continue;
      const free = this.#free(key).flatMap(({ held }) => held);
      const proven = pairsOf(free)
        .map((skus) => candidateOf(part, skus))
        .filter(
          (candidate) =>
            isProven(candidate) &&
            candidate.skus.every((sku) => !this.#provenAlone(key, sku) && this.#isNeeded(part, sku, candidate)),
        );
      const [candidate] = proven;
      if (proven.length === 1 && candidate !== undefined) this.#choose(key, candidate, 'proven');
    }
  }

  /** Without it fewer holders agree. */
  #isNeeded(part: Held, without: string, { held, evidence }: Candidate): boolean {
    return (
      evidenceFor(
        part,
        held.filter(({ name }) => name !== without),
      ).agree < evidence.agree
    );
  }

  /** Another part number has this SKU by proof of its own. */
  #provenAlone(key: string, sku: string): boolean {
    return [...this.#single].some(
      ([other, candidates]) =>
        other !== key && candidates.some((candidate) => candidate.skus[0] === sku && isProven(candidate)),
    );
  }

  #choose(key: string, candidate: Candidate | null, standing: 'proven' | 'named'): void {
    if (candidate === null) return;
    this.#chosen.set(key, { candidate, standing });
    for (const sku of candidate.skus) this.#taken.add(sku);
  }

  #proposal(key: string, part: Held): Proposal {
    const found = this.#chosen.get(key);
    const { name: partNumber } = part;
    if (found !== undefined) return { partNumber, part, standing: found.standing, chosen: found.candidate };
    const all = [...(this.#single.get(key) ?? [])].sort(nearestFirst);
    const free = all.filter(({ skus }) => skus.every((sku) => !this.#taken.has(sku)));
    const candidates = free
      .filter(({ evidence }) => evidence.likeness !== 'none' || share(evidence) >= 0.5)
      .slice(0, 3);
    return { partNumber, part, standing: 'open', because: reasonFor(free), candidates };
  }
}

const candidateOf = (part: Held, held: readonly Held[]): Candidate => ({
  skus: held.map(({ name }) => name),
  held,
  evidence: evidenceFor(part, held),
});

const share = ({ agree, differ }: Evidence): number => (agree + differ === 0 ? 0 : agree / (agree + differ));

const isProven = ({ evidence }: Candidate): boolean => {
  const { agree, distinct, both, legacyOnly, contractOnly } = evidence;
  const together = 2 * both > legacyOnly + contractOnly;
  return agree >= PROOF && distinct >= PROOF && share(evidence) >= MOST_AGREE && together;
};

/** The same name, and the quantities do not say that it is another product. */
const isUncontradicted = (evidence: Evidence): boolean =>
  evidence.differ < PROOF || share(evidence) >= 0.5 || evidence.agree >= PROOF;

const nearestFirst = (a: Candidate, b: Candidate): number =>
  b.evidence.agree - a.evidence.agree ||
  RANK[a.evidence.likeness] - RANK[b.evidence.likeness] ||
  b.evidence.both - a.evidence.both ||
  (a.skus[0] ?? '').localeCompare(b.skus[0] ?? '');

const RANK = { same: 0, stem: 1, title: 2, none: 3 } as const;

/** @param free the SKUs that are proposed for no other part number */
function reasonFor(free: readonly Candidate[]): string {
  if (free.length === 0) return 'none of its organisations holds a SKU that is not mapped already';
  const fitting = free.filter(isProven);
  if (fitting.length > 1) return 'several SKUs fit its quantities equally well';
  if (fitting.length === 1) return 'the SKU that fits its quantities fits another part number, too';
  const [alike] = free.filter(({ evidence }) => evidence.likeness !== 'none');
  if (alike?.evidence.likeness === 'same') return 'the SKU of its name states other quantities';
  if (alike !== undefined) return 'SKUs have names like it, and too few quantities are there to tell which it is';
  if (free.some((candidate) => share(candidate.evidence) >= 0.5)) {
    return `fewer than ${PROOF} of its organisations state quantities that tell, and no name says it`;
  }
  return 'no SKU has its name, and none has its quantities';
}

function pairsOf<T>(items: readonly T[]): (readonly [T, T])[] {
  return items.flatMap((first, index) => items.slice(index + 1).map((second) => [first, second] as const));
}
