/** One process that runs commands of the built CLI, one after the other or side by side, and tells what each of them wrote. */
import { main } from '../../../dist/commands/main.js';

process.on('message', async (asked) => {
  if (asked === 'end') process.exit(0);
  const { id, args, env } = asked;
  const said = { stdout: '', stderr: '' };
  const stream = (name) => ({
    isTTY: false,
    write: (text) => {
      said[name] += text;
    },
  });
  const code = await main(args, {
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    env: { ...process.env, ...env },
    signal: new AbortController().signal,
  });
  process.send({ id, code, ...said });
});
// Whoever started it is gone.
process.on('disconnect', () => process.exit(1));
