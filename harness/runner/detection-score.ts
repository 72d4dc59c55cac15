/** What the embedded sandbox hid against what the run found: the tool's own recall and false alarms, on every sandbox run. */
import type { Finding } from '../domain/run-result.ts';
import type { InjectedDefect } from '../sandbox/index.ts';

/** A defect as the sandbox tells of it after the run. */
export interface HiddenDefect {
  readonly id: string;
  readonly variant: string | null;
  /** Empty: not about certain organisations (a region's count, a page). */
  readonly orgs: readonly string[];
  readonly skus: readonly string[];
  /** It counts as found if at least one of these rules reports it. */
  readonly rules: readonly string[];
  /** As what. */
  readonly outcome: InjectedDefect['outcome'];
}

export interface DetectionScore {
  readonly hidden: number;
  readonly found: number;
  /** Mismatches in places where nothing was hidden. */
  readonly falseAlarms: number;
  /** `id at org`, for each defect that no finding shows. */
  readonly missed: readonly string[];
}

const touches = (defect: HiddenDefect, finding: Finding): boolean => {
  if (defect.orgs.length === 0 || finding.orgs.length === 0) return defect.rules.includes(finding.rule);
  return finding.orgs.some((org) => defect.orgs.includes(org.id)) && sharesProduct(defect, finding.sku);
};

/** A defect of one product accounts for no other; a finding of a product group names all its SKUs. */
const sharesProduct = ({ skus }: HiddenDefect, sku: string | null): boolean =>
  skus.length === 0 || sku === null || sku.split(', ').some((each) => skus.includes(each));

/**
 * Of those that the run could see at all: some show only where a further source is asked.
 * @param asked sources of the run's legacy side
 */
export const visibleTo = <D extends { readonly needs: string | null }>(
  defects: readonly D[],
  asked: readonly string[],
): D[] => defects.filter(({ needs }) => needs === null || asked.includes(needs));

const DIFFERS: readonly Finding['status'][] = ['mismatch', 'tolerated', 'waived'];

/** Whether a finding says of the defect what a run must make of it. @param outside ids of findings that coverage leaves out */
function shows({ outcome, rules }: HiddenDefect, { id, rule, status }: Finding, outside: ReadonlySet<string>): boolean {
  if (!rules.includes(rule)) return false;
  switch (outcome) {
    case 'mismatch':
      return DIFFERS.includes(status);
    case 'unstable':
      return status === 'unstable';
    case 'not-comparable':
      return status === 'mismatch' || (status === 'not-comparable' && !outside.has(id));
    case 'outside-coverage':
      return status === 'mismatch' || status === 'not-comparable';
  }
}

/** What does not stay must not end as a mismatch: it was right when it was read again. */
const accountsFor = (defect: HiddenDefect, finding: Finding): boolean =>
  defect.outcome !== 'unstable' && touches(defect, finding);

const nameOf = ({ id, variant }: HiddenDefect): string => (variant === null ? id : `${id}[${variant}]`);

/**
 * A difference that is tolerated or waived was seen, too; only mismatches can be false alarms.
 * @param outside ids of findings that are not comparable because no configured source carries the figure
 */
export function detectionScore(
  defects: readonly HiddenDefect[],
  findings: readonly Finding[],
  outside: ReadonlySet<string>,
): DetectionScore {
  const missed = defects.filter(
    (defect) => !findings.some((finding) => touches(defect, finding) && shows(defect, finding, outside)),
  );
  const alarms = findings.filter(
    (finding) => finding.status === 'mismatch' && !defects.some((defect) => accountsFor(defect, finding)),
  );
  return {
    hidden: defects.length,
    found: defects.length - missed.length,
    falseAlarms: alarms.length,
    missed: missed.map((defect) => `${nameOf(defect)} at ${defect.orgs.join(', ') || 'the whole world'}`),
  };
}
