/** Kinds of failure, told apart by their names in every report of Playwright's. */
import { HarnessError } from '../domain/errors.ts';

/** Said without a stack: where our own code noticed it tells nobody anything. */
class ReportedError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
    this.stack = `${name}: ${message}`;
  }
}

/** A mismatch is proven. */
export class NotAtParity extends ReportedError {
  constructor(message: string) {
    super('NotAtParity', message);
  }
}

/** Something could not be fetched, read or compared: whether both sides agree is not known. Neither agreement nor a mismatch. */
export class CouldNotVerify extends ReportedError {
  constructor(message: string) {
    super('CouldNotVerify', message);
  }
}

/**
 * Does what may fail for a reason that a user can mend, and says it as the command line does: what, where, what to do next.
 * @throws Error without a stack for a HarnessError; all else as it is
 */
export async function readably<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof HarnessError)) throw error;
    throw new ReportedError('Error', error.hint === null ? error.message : `${error.message}\n${error.hint}`);
  }
}
