/** Writes down what `parity explain` says of each finding: read once, and attached to tests in many processes. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { RULES } from '../compare/rules/registry.ts';
import { explainFinding } from '../report/terminal/finding.ts';
import { citedBy, openRunFolder } from '../runner/folder/run-folder.ts';
import { evidenceFile, isTold } from './evidence-path.ts';

/** The costliest so many findings; of the others findings.jsonl tells. */
const MOST = 5000;

/** Holds no credentials: they are redacted where exchanges are recorded. */
export async function writeEvidence({ out }: { readonly out: string }): Promise<void> {
  const run = await openRunFolder(out);
  const rules = new Map(RULES.map((rule) => [rule.id as string, rule]));
  await mkdir(path.join(run.dir, 'evidence'), { recursive: true });
  for (const finding of run.findings.filter(isTold).slice(0, MOST)) {
    const exchanges = await citedBy(finding, run);
    const text = explainFinding(finding, { colour: false, rule: rules.get(finding.rule) ?? null, exchanges });
    await writeFile(evidenceFile(run.dir, finding), text);
  }
}
