/** A server whose clock is not ours. */
import type { NetworkFault } from './network-fault.ts';

const OFF_BY_MS = -11 * 3_600_000;

export const CLOCK_OFF: NetworkFault = {
  kind: 'network',
  id: 'clock-off',
  title: 'The `Date` of the answers is eleven hours slow',
  lasting:
    'Evidence carries the time that the server states; nothing else changes. `parity doctor` names clocks that stand apart.',
  passes: false,
  spoil: (answer, reply, { now }) => {
    reply.header('date', new Date(now.getTime() + OFF_BY_MS).toUTCString());
    return answer;
  },
};
