/** The day at which a world stands unless it is told another, so that a seed gives the same world for ever. */
import { type IsoDate, isoDate } from '../../domain/billing-period.ts';

export const TODAY = isoDate('2026-04-20');

/** How many billing periods of history both sides serve, the open one included. */
export const HISTORY = 12;

/** What the clock of the sandbox says all day. */
export const noonOf = (day: IsoDate): Date => new Date(`${day}T12:00:00Z`);
