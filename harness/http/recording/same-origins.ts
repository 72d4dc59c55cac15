import { HarnessError } from '../../domain/errors.ts';

/** A sandbox listens on another port each time; its answers are the same. */
const isLocal = (origin: string): boolean => /^https?:\/\/(?:localhost|127(?:\.\d+){3}|\[::1\])(?::\d+)?$/.test(origin);

/** The first source that was asked at another server; null if there is none. Sandboxes on this machine count as one. */
export function otherOrigin(
  recorded: Readonly<Record<string, string>>,
  asked: Readonly<Record<string, string>>,
): { readonly source: string; readonly known: string; readonly origin: string } | null {
  for (const [source, origin] of Object.entries(asked)) {
    const known = recorded[source];
    if (known === undefined || known === origin || (isLocal(known) && isLocal(origin))) continue;
    return { source, known, origin };
  }
  return null;
}

/**
 * The ids of exchanges know nothing of hosts: going on with a snapshot of another region would mix two worlds unseen.
 * @throws HarnessError `usage` naming the source, what was recorded and what is asked now
 */
export function checkOrigins(
  dir: string,
  recorded: Readonly<Record<string, string>>,
  asked: Readonly<Record<string, string>>,
): void {
  const other = otherOrigin(recorded, asked);
  if (other === null) return;
  const { source, known, origin } = other;
  throw new HarnessError('usage', `${dir} was recorded from ${known} (${source}); the scenario asks ${origin} now`, {
    hint: 'Choose another folder: answers of two servers do not belong in one snapshot.',
  });
}
