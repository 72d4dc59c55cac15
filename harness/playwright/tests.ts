/** The tests of the scenarios, to be declared in a test file: so that they stand where their users look for them. */
import { test } from 'playwright/test';
import { loadScenario } from '../scenario/load.ts';
import type { LoadedScenario } from '../scenario/scenario.ts';
import { type OpenCapture, openCapture } from './captured.ts';
import { readably } from './errors.ts';
import { testedOrganisations } from './organisations.ts';
import { type PlannedTest, planTests } from './plan.ts';
import { type ParitySettings, settingsOf } from './settings.ts';

const BOTH = ['legacy', 'contract'] as const;

/** What `test(title, { tag }, body)` takes. */
export interface ParityTest {
  readonly title: string;
  /** Each begins with `@`: app, region, and, once a capture is there, currency. */
  readonly tag: string[];
  readonly body: () => Promise<void>;
}

/** The tests of one scenario. */
export interface ParityGroup {
  /** Name of the scenario. */
  readonly name: string;
  readonly tests: readonly ParityTest[];
}

/**
 * One test a scenario file, which asks both sides and records every answer. For a project that the one with the parity tests
 * depends on.
 * @param settings what is left out comes from the environment
 */
export function captureTests(settings: Partial<ParitySettings> = {}): readonly ParityTest[] {
  const all = { ...settingsOf(), ...settings };
  return all.scenarios.map((file) => ({
    title: `capture ${file}`,
    tag: [],
    body: () => readably(() => capture(file, all)),
  }));
}

/**
 * Tests over what was captured; they ask nobody anything. For each scenario: one an organisation, one for what concerns none of them alone, and
 * one for the gate.
 * @param settings what is left out comes from the environment
 * @throws ScenarioInvalidError, HarnessError `usage`
 */
export async function parityTests(settings: Partial<ParitySettings> = {}): Promise<readonly ParityGroup[]> {
  const all = { ...settingsOf(), ...settings };
  const groups: ParityGroup[] = [];
  for (const file of all.scenarios) {
    // Tests ask nobody, so that they need no credentials.
    const loaded = await readably(() => loadScenario(file, { env: all.env, unasked: BOTH }));
    const organisations = await readably(() => testedOrganisations(loaded, all));
    groups.push(groupOf(loaded, planTests(organisations, all.mostTests), all));
  }
  return groups;
}

async function capture(file: string, settings: ParitySettings): Promise<void> {
  // As long as it takes: a thousand organisations at the server's rate limit are minutes.
  test.setTimeout(0);
  const sharded = test.info().config.shard !== null && settings.origin === null;
  const { captureScenario } = await import('./capture.ts');
  const { summary, report } = await captureScenario(file, settings, sharded);
  test.info().annotations.push({ type: 'captured', description: summary });
  if (report !== null) await test.info().attach('report.html', { path: report, contentType: 'text/html' });
}

/** What the bodies need is loaded by them: Playwright starts a new process after each test that fails. */
function groupOf(
  { name, sha256, scenario }: LoadedScenario,
  plan: readonly PlannedTest[],
  { reports }: ParitySettings,
) {
  let opened: Promise<OpenCapture> | null = null;
  const captured = (): Promise<OpenCapture> => {
    opened ??= readably(() => openCapture(reports, name, sha256));
    return opened;
  };
  const verify = () => import('./verify.ts');
  const tests: ParityTest[] = plan.map((planned) => ({
    title: planned.title,
    tag: [...planned.tags],
    body: async () => (await verify()).verifyOne(await captured(), planned, scenario.orgs === null),
  }));
  return {
    name,
    tests: [
      ...tests,
      {
        title: 'everything that no other test answers for',
        tag: [],
        body: async () => (await verify()).verifyRest(await captured(), plan),
      },
      { title: 'the gate', tag: [], body: async () => (await verify()).verifyGate(await captured()) },
    ],
  };
}
