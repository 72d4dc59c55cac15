/**
 * Situations that people met in public (billing forums, bug reports, the vendor's documentation), as bodies of our own:
 * testing/situations/*.json. Each through the real command line over real HTTP, or from files.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorkplace, type Workplace } from './testing/cli.ts';
import { type Situation, serveSituation } from './testing/situation-server.ts';

const FOLDER = path.join(import.meta.dirname, 'testing/situations');
const SITUATIONS = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.json'))
  .sort()
  .map((file) => {
    const situation = JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8')) as Situation;
    return [file.replace('.json', ''), situation] as const;
  });

/** The usage API where the situation has its regions, else partner billing. */
function scenarioOf({ bodies, scenario }: Situation, url: string): string {
  const hasPartner = Object.keys(bodies).some((each) => each.includes('trusteebillingoverview'));
  const access = `{ apiUrl: "${url}", loginUrl: "${url}", clientId: client, clientSecret: secret }`;
  const legacy = hasPartner ? `  partnerBilling: ${access}` : `  usageApi: { baseUrl: "${url}", apiKey: key }`;
  const apps = scenario ?? 'orgs: discover\nperiod: open\n';
  return `version: 1\nname: situation\nlegacy:\n${legacy}\ncontract: ${access}\n${apps}limits: { retries: 0 }\n`;
}

let place: Workplace;
beforeAll(async () => {
  place = await openWorkplace();
});
afterAll(() => place.dispose());

/** In a folder of its own below the workplace. */
async function judge(name: string, situation: Situation): Promise<void> {
  if (situation.command === 'validate') {
    for (const [index, [at, body]] of Object.entries(situation.bodies).entries()) {
      if (!at.startsWith('/api/v2/billing/contracts')) continue;
      await place.write(`${name}/bodies/${String(index).padStart(2, '0')}.json`, JSON.stringify(body));
    }
    await place.parity(['validate', '--from', `${name}/bodies`, '--out', `${name}/out`]);
    return;
  }
  const server = await serveSituation(situation);
  try {
    await place.write(`${name}/situation.yaml`, scenarioOf(situation, server.url));
    await place.parity(['run', `${name}/situation.yaml`, '--out', `${name}/out`]);
  } finally {
    await server.close();
  }
}

describe('situations that people met', () => {
  it.each(SITUATIONS)('%s', async (name, situation) => {
    await judge(name, situation);
    const { verdict, cells, tieOut = [] } = await place.result(`${name}/out`);
    expect(situation.expect.verdict, situation.why).toContain(verdict);
    if (situation.expect.mismatches !== undefined) expect(cells.mismatch).toBe(situation.expect.mismatches);
    for (const { residual } of tieOut) expect(Number(residual)).toBe(0);
  });
});
