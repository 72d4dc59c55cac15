/** How people ask for defects: `rate-off`, `rate-off*3`, `rate-off@org`, `rate-off@org:sku`; `id[variant]` in place of the id. */
import { closest } from 'fastest-levenshtein';
import { HarnessError } from '../../domain/errors.ts';
import { orgId, productKey } from '../../domain/side.ts';
import type { Defect } from './defect.ts';
import { DEFECT_IDS, DEFECTS } from './registry.ts';

export interface DefectRequest {
  readonly defect: Defect;
  /** Null: the seed chooses one. */
  readonly variant: string | null;
  readonly count: number;
  /** Lower case; null: anywhere. */
  readonly org: string | null;
  /** Part number or SKU; null: any. */
  readonly sku: string | null;
}

const FORM =
  /^(?<id>[a-z-]+)(?:\[(?<variant>[a-z-]+)\])?(?:\*(?<count>[1-9]\d{0,4}))?(?:@(?<org>[^\s,:]+)(?::(?<sku>[^\s,]+))?)?$/;

/** @throws HarnessError `usage` for a form or an id that is not known. */
export function parseRequest(text: string): DefectRequest {
  const groups = FORM.exec(text.trim())?.groups;
  if (groups === undefined) {
    throw new HarnessError(
      'usage',
      `defect ${JSON.stringify(text)}: expected id, id*3, id@org or id@org:sku, or id[variant] for id`,
    );
  }
  const id = groups['id'] ?? '';
  const defect = DEFECTS.find((each) => each.id === id);
  if (defect === undefined) {
    throw new HarnessError('usage', `there is no defect ${id}; did you mean ${closest(id, [...DEFECT_IDS])}?`, {
      hint: `Known defects: ${[...DEFECT_IDS].sort().join(', ')}.`,
    });
  }
  const { org, sku, variant } = groups;
  if (variant !== undefined) mustHave(defect, variant);
  return {
    defect,
    variant: variant ?? null,
    count: Number(groups['count'] ?? '1'),
    org: org === undefined ? null : orgId(org),
    sku: sku === undefined ? null : productKey(sku),
  };
}

function mustHave({ id, variants = [] }: Defect, variant: string): void {
  if (variants.includes(variant)) return;
  const hint = variants.length === 0 ? `Ask for ${id}.` : `Its variants: ${variants.join(', ')}.`;
  throw new HarnessError('usage', `${id} has no variant ${variant}`, { hint });
}
