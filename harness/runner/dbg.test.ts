import { it } from 'vitest';
import { detect } from './testing/detect.ts';
it('dbg', async () => {
  for (const [seed, orgs, defects, id, sku] of [[100, 24, ['answer-hollow[error-body]'], '7e7e32fb', 'PC-170-NV-BOTMSG'],[105,96,'all','6dbe8616','PC-170-NV-MIN-VIDEO']] as const) {
  const d = await detect({ seed, orgs, defects: defects as any });
  const s = (globalThis as any).__sides;
  for (const c of s.contract.contracts) for (const p of c.plans) if (p.sku === sku && p.orgs.some((o: any) => o.id.startsWith(id))) console.log('plan', c.id, p.orgs.map((o: any) => o.id.slice(0, 8)), p.items.map((i: any) => [i.quantity.value, i.price.value, i.effectiveStart.value, i.effectiveEnd.value, JSON.stringify(i.inForce)].join(' ')));
  for (const det of s.contract.details) for (const c of det.charges) if (c.sku === sku && c.orgs.some((o: any) => o.id.startsWith(id))) console.log('charge', det.contractId, det.period.start.value, det.period.end.value, c.orgs.map((o: any) => o.id.slice(0, 8)), c.prepaid.value, c.actual.value, c.overageQuantity.value);
  for (const x of s.legacy.subscriptions) if (x.org.id.startsWith(id)) console.log('legacy', x.source, x.periodStart.value, x.periodEnd.value, x.lines.filter((l: any) => /MIN|BOTMSG/.test(l.product)).map((l: any) => [l.product, l.committed.value, l.actual.value].join(' ')));
  for (const f of s.contract.failures.slice(0,5)) console.log(JSON.stringify(f.subject), f.message.slice(0, 100));
  }
}, 100000);
