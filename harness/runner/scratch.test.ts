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
      shapes: process.env['SHAPES'] ?? 'usual',
      clothes: process.env['CLOTHES'] === undefined ? null : /^(all|none)$/.test(process.env['CLOTHES']) ? process.env['CLOTHES'] : process.env['CLOTHES'].split(','),
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
    const touches = (h: any, f: any) => (h.orgs.length === 0 || f.orgs.length === 0) ? h.rules.includes(f.rule) : f.orgs.some((o: any) => h.orgs.includes(o.id)) && (h.skus.length === 0 || f.sku === null || f.sku.split(', ').some((x: string) => h.skus.includes(x)));
    for (const f of findings) {
      const alarm = f.status === 'mismatch' && !hidden.some((h) => touches(h, f));
      const open = DEFECTS === 'none' && (f.status === 'mismatch' || f.status === 'unstable' || (f.status === 'not-comparable' && !judgement.outsideCoverage.has(f.id)));
      if (alarm || open) console.log(`   ${f.status} ${f.rule} ${f.sku} ${f.orgs.map((o) => o.id.slice(0, 8)).join('+')} ${f.period?.start}: ${f.reason?.slice(0, 700)}`);
    }
    for (const m of s.missed) { console.log('   MISSED', m, hidden.filter((h) => m.startsWith(h.id) && m.includes(h.orgs.join(', '))).map((h) => `${h.skus} ${h.rules.join(',')} ${h.note}`)); 
      for (const f of findings) if (f.orgs.some((o) => m.includes(o.id)) && process.env['MORE']) console.log('       ', f.status, f.rule, f.sku, f.reason?.slice(0, 200)); }
    for (const w of s.causesWrong) console.log('   WRONG', w, findings.filter((f) => w.includes(f.id)).map((f) => `${f.sku} ${f.orgs.map((o) => o.id.slice(0, 8)).join('+')} ${f.reason?.slice(0, 200)} | here: ${hidden.filter((h) => touches(h, f)).map((h) => h.id)}`));
    if (process.env['ACC']) console.log(JSON.stringify(judgement.accounts), JSON.stringify(judgement.compared));
  }
}, 600000);
