/**
 * Something could not be compared: it was not fetched, not read, or moved while it was read. Neither agreement nor a mismatch, and
 * thrown as an error of its own, so that a list of failures tells both apart.
 */
export class CouldNotVerify extends Error {
  override readonly name = 'CouldNotVerify';
}
