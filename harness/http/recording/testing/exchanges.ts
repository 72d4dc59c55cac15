import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { ApiRequest, Exchange, Transport } from '../../../domain/exchange.ts';
import { requestId } from '../../exchange-id.ts';
import type { RecordingMeta } from '../recorder.ts';

export const META: RecordingMeta = {
  tool: { name: 'cutover-parity', version: '0.0.0' },
  scenario: 'test',
  origins: { 'contract-api': 'https://api.example' },
};

/** A folder that is gone when the test is over. */
export async function temporaryFolder(): Promise<string> {
  const dir = await mkdtemp(path.join(tmpdir(), 'parity-snapshot-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

export const request = (path: string, more: Partial<ApiRequest> = {}): ApiRequest => ({
  source: 'contract-api',
  path,
  subject: `test of ${path}`,
  ...more,
});

export function exchangeOf(asked: ApiRequest, outcome: Exchange['outcome']): Exchange {
  return {
    v: 1,
    id: requestId(asked),
    source: asked.source,
    method: 'GET',
    url: `https://api.example${asked.path}`,
    path: asked.path,
    subject: asked.subject,
    reading: asked.reading ?? 0,
    startedAt: '2026-04-20T12:00:00.000Z',
    durationMs: 3,
    attempts: [{ startedAt: '2026-04-20T12:00:00.000Z', durationMs: 3, status: 200, error: null, waitedMs: 0 }],
    outcome,
  };
}

export const answered = (path: string, body = '{}', status = 200): Exchange =>
  exchangeOf(request(path), { kind: 'answer', status, headers: { date: 'Mon, 20 Apr 2026 12:00:00 GMT' }, body });

export const failed = (path: string): Exchange =>
  exchangeOf(request(path), { kind: 'failure', code: 'network', message: 'connection refused' });

/** A transport that answers everything with `{"live":n}`; `asked` lists what it was asked. */
export function counting(): Transport & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    send(sent) {
      asked.push(sent.path);
      const body = `{"live":${asked.length}}`;
      return Promise.resolve(exchangeOf(sent, { kind: 'answer', status: 200, headers: {}, body }));
    },
  };
}
