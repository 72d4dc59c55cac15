import { expect, it } from 'vitest';
import { compare } from './compare.ts';
import { APRIL, contractSide, legacySide, policy, product, row, subscription, TYPICAL } from './testing/sides.ts';
it('perf', () => {
  const N = 20000;
  const parts = ['P1','P2','P3','P4','P5'];
  const ids = Array.from({ length: N }, (_, i) => `${String(i).padStart(8,'0')}-0000-4000-8000-000000000000`);
  const t0 = performance.now();
  const legacy = legacySide(ids.map((id) => subscription(id, parts.map((p) => row(id, p, {...TYPICAL, unit:'unit', actual: '12345.5'})))));
  const contract = contractSide(ids.map((id, i) => ({ id: `c${id}`, periods: [{ span: APRIL, charges: parts.map((p) => ({ ...TYPICAL, unit:'Each', actual: i % 3 === 0 ? '12346' : '12345.5', orgs: [id], sku: p })) }] })));
  const t1 = performance.now();
  const j = compare(legacy, contract, policy({ products: parts.map((p) => product(p)) }));
  const t2 = performance.now();
  process.stderr.write(`build ${t1 - t0} compare ${t2 - t1} cells ${j.cells.length} mism ${j.counts.mismatch} heap ${process.memoryUsage().heapUsed/1e6} rss ${process.memoryUsage().rss/1e6}\n`);
  expect(j.cells.length).toBeGreaterThan(1);
}, 120000);
