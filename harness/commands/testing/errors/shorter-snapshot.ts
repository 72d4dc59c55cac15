/** A snapshot without some of its exchanges, whole all the same. */
import { rename, rm } from 'node:fs/promises';
import { openRecorder } from '../../../http/recording/recorder.ts';
import { openSnapshot } from '../../../http/recording/snapshot.ts';

/** @param path of the exchanges that are left out */
export async function withoutExchange(dir: string, path: string): Promise<void> {
  const snapshot = await openSnapshot(dir);
  const { tool, scenario, origins, createdAt } = snapshot.meta;
  const shorter = `${dir}.shorter`;
  const recorder = await openRecorder(shorter, { tool, scenario, origins, createdAt });
  for await (const exchange of snapshot.exchanges()) {
    if (!exchange.path.startsWith(path)) await recorder.append(exchange);
  }
  await recorder.finish();
  await rm(dir, { recursive: true });
  await rename(shorter, dir);
}
