/** Names of products apart from their prefix: the two sides are known to prefix one product differently. */
import { productKey } from '../../domain/side.ts';

/** `170-NV-WALLB` of `PC-170-NV-WALLB`; null where there is no prefix. */
export const stemOf = (name: string): string | null => /^[A-Z0-9]{1,6}-(.+)/.exec(productKey(name))?.[1] ?? null;
