/** Versions of the contract API's preview, by the month in which each came; `next` is made up and has a change of every kind. */
export const API_VERSIONS = ['2025-05', '2025-11', '2026-06', '2026-07', '2026-08', 'next'] as const;

export type ApiVersion = (typeof API_VERSIONS)[number];

export const CURRENT_API_VERSION: ApiVersion = '2026-08';
