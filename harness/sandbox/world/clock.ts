/** The one moment at which every world stands, so that a seed gives the same world for ever. */
import { isoDate } from '../../domain/billing-period.ts';

export const NOW = new Date('2026-04-20T12:00:00Z');
export const TODAY = isoDate('2026-04-20');

/** How many billing periods of history both sides serve, the open one included. */
export const HISTORY = 12;
