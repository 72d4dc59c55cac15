/** One mechanism: whatever is asked or replayed passes through here and is written into the run's own snapshot. */
import type { Exchange, Transport } from '../domain/exchange.ts';
import type { RunListener } from '../domain/run-event.ts';
import { observed } from '../http/observed.ts';
import { openRecorder } from '../http/recording/recorder.ts';
import { recording } from '../http/recording/recording.ts';
import { replaying } from '../http/recording/replaying.ts';
import { resuming } from '../http/recording/resuming.ts';
import { openSnapshot, type Snapshot } from '../http/recording/snapshot.ts';
import { allSources, type OpenSides } from './sides.ts';
import { VERSION } from './version.ts';

export interface RecordedTransport {
  readonly transport: Transport;
  /** The exchange with that id as it stands in the snapshot; null: there is none. Until `finish` or `close`. */
  recall(id: string): Promise<Exchange | null>;
  /** Marks the snapshot complete. */
  finish(): Promise<void>;
  /** Lets go of the folder, complete or not. */
  close(): Promise<void>;
}

export interface RecordedTransportInput {
  readonly sides: OpenSides;
  readonly dir: string;
  readonly resume: boolean;
  readonly scenario: string;
  readonly listen: RunListener;
}

/** @throws HarnessError `usage` if the folder holds a snapshot and `resume` is not asked for; `snapshot-*`. */
export async function openRecordedTransport(input: RecordedTransportInput): Promise<RecordedTransport> {
  const { sides, dir, resume, scenario } = input;
  const recorder = await openRecorder(dir, {
    tool: { name: 'cutover-parity', version: VERSION },
    scenario,
    origins: sides.origins,
    resume,
  });
  try {
    const recorded = recording(allSources(sides), recorder);
    const before = resume ? await openSnapshot(recorder.dir) : null;
    return {
      transport: before === null ? recorded : withRecorded(recorded, before, input.listen),
      recall: async (id) => (await recorder.recall(id)) ?? (await before?.get(id)) ?? null,
      finish: () => recorder.finish(),
      close: () => recorder.close(),
    };
  } catch (error) {
    await recorder.close();
    throw error;
  }
}

const withRecorded = (live: Transport, before: Snapshot, listen: RunListener): Transport =>
  resuming(before, live, observed(replaying(before), listen, true));
