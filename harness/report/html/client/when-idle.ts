/** The longest that something waits for the browser to be idle. */
const MOST_MS = 2000;

/** Runs it once what is new on the page is painted and nobody waits. @returns what calls it off */
export function whenIdle(run: () => void): () => void {
  // Safari has no such callback.
  if (typeof requestIdleCallback !== 'function') {
    const timer = setTimeout(run);
    return () => clearTimeout(timer);
  }
  const idle = requestIdleCallback(run, { timeout: MOST_MS });
  return () => cancelIdleCallback(idle);
}
