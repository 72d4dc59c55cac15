/**
 * Scenarios as Playwright tests: `cutover-parity/playwright`. Needs `playwright` or `@playwright/test` beside it.
 * docs/playwright.md says how to use it.
 */

export { type OpenCapture, openCapture } from './captured.ts';
export { CouldNotVerify, NotAtParity } from './errors.ts';
export { type ComparedPair, comparedPair, expect } from './expect.ts';
export type { ParitySettings } from './settings.ts';
export type { OrganisationStanding, PairStanding } from './standing.ts';
export { captureTests, type ParityGroup, type ParityTest, parityTests } from './tests.ts';
