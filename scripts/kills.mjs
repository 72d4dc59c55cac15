/** `npm run kills -- 200`: kills the real CLI so often at random moments, and demands the same result each time. Local only. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const [count = '200', seed = '1'] = process.argv.slice(2);
if (!/^[1-9]\d{0,3}$/.test(count) || !/^\d+$/.test(seed)) {
  console.error('usage: npm run kills -- [how often, at most 9999] [seed]');
  process.exit(2);
}
const node = (args) => {
  const env = { ...process.env, PARITY_KILLS: count, PARITY_KILLS_SEED: seed };
  return spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit', env }).status ?? 1;
};
process.exitCode =
  node([path.join(root, 'scripts', 'build.mjs')]) ||
  node([path.join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', 'harness/commands/kills.test.ts']);
