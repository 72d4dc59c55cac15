/** Errors that no command line can provoke, each with the reason. */
export const NOT_PROVOKED: Readonly<Record<string, string>> = {};
