import { it } from 'vitest';
import { detect } from './testing/detect.ts';
import { score } from './testing/score.ts';

const SEEDS = (process.env['SEEDS'] ?? '100').split(',').map(Number);
const DEFECTS = process.env['DEFECTS'] ?? 'none';
const ORGS = Number(process.env['ORGS'] ?? '20');
it('scratch', async () => {
  for (const seed of SEEDS) {
    const detected = await detect({
      seed,
      orgs: ORGS,
      defects: DEFECTS === 'none' || DEFECTS === 'all' ? DEFECTS : DEFECTS.split(','),
    } as never);
    const { judgement, findings, hidden } = detected;
    const s = score(detected);
    console.log(
      `seed ${seed}: ${judgement.verdict} parity ${judgement.parityPercent} coverage ${judgement.coveragePercent} cells ${Object.values(judgement.counts).join('/')} false ${s.falseAlarms} missed ${s.missed.join('; ')} unnamed ${s.causesUnnamed} wrong ${s.causesWrong.length}`,
    );
    for (const h of hidden)
      if (process.env['SHOW']) console.log(`   hidden ${h.id} at ${h.orgs.join(',').slice(0, 40)} ${h.skus} ${h.note}`);
    for (const t of judgement.tieOut) if (t.residual !== '0') console.log('   RESIDUAL', JSON.stringify(t));
    for (const n of judgement.notes) if (/account/.test(n)) console.log('   NOTE', n.slice(0, 600));
    const seen = new Map<string, number>();
    for (const f of findings) {
      if (f.status === 'not-comparable' && judgement.outsideCoverage.has(f.id)) continue;
      if (f.status === 'tolerated') continue;
      const k = `${f.status} ${f.rule}`;
      seen.set(k, (seen.get(k) ?? 0) + 1);
      if ((seen.get(k) ?? 0) <= Number(process.env['MAX'] ?? '2'))
        console.log(
          `   ${k} ${f.sku} ${f.orgs.map((o) => o.id.slice(0, 8)).join('+')} ${f.period?.start}: ${f.reason?.slice(0, 330)}`,
        );
    }
    console.log('  ', JSON.stringify([...seen]));
    if (process.env['ACC']) console.log(JSON.stringify(judgement.accounts), JSON.stringify(judgement.compared));
  }
}, 600000);
