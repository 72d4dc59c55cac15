// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the places of variables in a scenario are meant.
/** A month of nights before a cutover: the same scenario every night, over a sandbox that moves on and is mended. */
import path from 'node:path';
import { addDays, type IsoDate, isoDate } from '../../domain/billing-period.ts';
import { runScenario } from '../../index.ts';
import { type RunningSandbox, startSandbox } from '../../sandbox/index.ts';
import type { Workplace } from './cli.ts';
import { remote } from './sandbox-scenario.ts';

/** A world whose closed periods agree on every day of the month. */
const WORLD = { seed: 3, orgs: 10 };
const FIRST = isoDate('2026-04-20');
const LAST = isoDate('2026-05-22');

/** First and last night of each defect. */
const DEFECTS: readonly (readonly [defect: string, from: string, to: string])[] = [
  ['bundle-ignored*3', '2026-04-20', '2026-04-26'],
  ['overage-ignores-committed*3', '2026-04-24', '2026-05-01'],
];
/** Accepted by a waiver until the end of April, mended in the night of the fifth. */
const WAIVED_UNTIL = '2026-05-04';
/** Nobody ran anything. */
export const MISSED = '2026-04-28';
/** The contract side refused: its client had lost its permission. */
export const REFUSED = '2026-05-02';

const CREDENTIALS =
  '{ apiUrl: "${SANDBOX}", loginUrl: "${SANDBOX}", clientId: "${CLIENT}", clientSecret: "${SECRET}" }';

/** As users write it: what differs from night to night is in the environment, so that the file stays the same. */
function scenario(name: string, period: string, readiness: string, more: string): string {
  const served = { url: 'URL', apiKey: 'KEY', clientId: 'ID', clientSecret: 'SECRET' };
  return remote(served, `period: ${period}\nreadiness: ${readiness}\n${more}`, name)
    .replace(/contract: \{[^}]*\}/, `contract: ${CREDENTIALS}`)
    .replace(/partnerBilling: \{[^}]*\}/, `partnerBilling: ${CREDENTIALS.replaceAll(/CLIENT|SECRET/g, 'PARTNER_$&')}`)
    .replace('"URL"', '"${SANDBOX}"')
    .replace('"KEY"', '"${API_KEY}"');
}

const waiverFor = (org: string, sku: string): string => `waivers:
  - { rule: committed-quantity, org: ${org}, sku: ${sku}, reason: amendment is booked in May, owner: billing@example.com, expires: 2026-04-30 }
`;

/** Runs every night into `reports/<scenario>/<night>`. */
export async function simulateMonth(place: Workplace): Promise<void> {
  const [hidden] = await defectsOf(FIRST, ['committed-off']);
  const [org = '', sku = ''] = [hidden?.orgs[0], hidden?.skus[0]];
  const readiness = '{ cutover: 2026-06-05, nights: 14 }';
  const waived = scenario('nightly', 'open', readiness, waiverFor(org, sku));
  const open = await place.write('nightly.yaml', waived);
  const closed = await place.write(
    'closed.yaml',
    scenario('closed', 'last-closed', '{ cutover: 2026-06-05, closedCycles: 1 }', ''),
  );
  for (let night = FIRST; night <= LAST; night = addDays(night, 1)) {
    if (night === MISSED) continue;
    if (night === addDays(isoDate(WAIVED_UNTIL), 1)) {
      await place.write('nightly.yaml', scenario('nightly', 'open', readiness, ''));
    }
    const defects = DEFECTS.filter(([, from, to]) => from <= night && night <= to).map(([defect]) => defect);
    if (night <= WAIVED_UNTIL) defects.unshift(`committed-off@${org}:${sku}`);
    await runNight(place, night, defects, [open, closed]);
  }
}

async function defectsOf(today: IsoDate, defects: readonly string[]): Promise<RunningSandbox['defects']> {
  const sandbox = await startSandbox({ ...WORLD, defects, today });
  await sandbox.close();
  return sandbox.defects;
}

async function runNight(
  place: Workplace,
  night: IsoDate,
  defects: readonly string[],
  files: readonly string[],
): Promise<void> {
  const [open = '', closed = ''] = files;
  await runOver(place, night, open, { ...WORLD, defects, today: night });
  // Closed periods were mended long ago: only the open one has faults.
  await runOver(place, night, closed, { ...WORLD, defects: 'none', today: night });
}

async function runOver(
  place: Workplace,
  night: IsoDate,
  file: string,
  world: Parameters<typeof startSandbox>[0],
): Promise<void> {
  const sandbox = await startSandbox(world);
  const { url, apiKey, clientId, clientSecret, restricted } = sandbox;
  const contract = night === REFUSED ? restricted : { clientId, clientSecret };
  const env = {
    SANDBOX: url,
    API_KEY: apiKey,
    CLIENT: contract.clientId,
    SECRET: contract.clientSecret,
    PARTNER_CLIENT: clientId,
    PARTNER_SECRET: clientSecret,
  };
  try {
    const out = path.join(place.dir, 'reports', path.basename(file, '.yaml'), night);
    await runScenario(file, { out, reporters: ['json'], env });
  } finally {
    await sandbox.close();
  }
}
