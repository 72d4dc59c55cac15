import { describe, expect, it } from 'vitest';
import { sampleContext } from '../../testing/sample.ts';
import type { ReportFrame } from '../data.ts';
import { reportData } from '../evidence/collect.ts';
import { packFrame, unpackFrame } from './frame-pack.ts';
import { FindingTable } from './table.ts';

const {
  findings,
  evidence: _,
  statement: _s,
  passed: _p,
  runsBefore: _r,
  ...told
} = reportData(sampleContext({ out: '' }));
const [first, second] = findings;
const frame: ReportFrame = {
  ...told,
  history: {
    runs: [{ id: 'r1', startedAt: '2026-04-01T00:00:00.000Z' }],
    of: { [first?.id ?? '']: 'm', [second?.id ?? '']: 'w' },
    fresh: 1,
    persisting: 1,
    fixed: 0,
    unseen: 0,
  },
};

describe('a frame with its findings', () => {
  const packed = JSON.parse(JSON.stringify(packFrame(frame, findings))) as ReturnType<typeof packFrame>;
  const back = unpackFrame(packed, new FindingTable(packed.findings));

  it('keeps how findings stood in the runs before', () => {
    expect(back.history?.of).toEqual(frame.history?.of);
    expect({ ...back.history }).toEqual(frame.history);
  });

  it('names each finding once', () => {
    const text = JSON.stringify(packed);
    expect(frame.result.rootCauses.some(({ findings: ids }) => ids.length > 0)).toBe(true);
    for (const { id } of findings) expect(text.split(`"${id}"`)).toHaveLength(2);
  });

  it('leaves everything else as it was', () => {
    const { rootCauses, ...result } = back.result;
    expect(rootCauses).toEqual(frame.result.rootCauses.map((cause) => ({ ...cause, findings: [] })));
    expect(result).toEqual({ ...frame.result, rootCauses: undefined });
    expect({ ...back, result: null, history: null }).toEqual({ ...frame, result: null, history: null });
  });
});
