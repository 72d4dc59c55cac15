/** `parity sandbox`: serves all three APIs on one port until it is interrupted. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { API_VERSIONS, type ApiVersion, CURRENT_API_VERSION } from '../domain/api-version.ts';
import { type IsoDate, parseDate } from '../domain/billing-period.ts';
import { HarnessError } from '../domain/errors.ts';
import { EXIT } from '../domain/verdict.ts';
import { folderFor } from '../runner/folder/folder-for.ts';
import { scenarioText } from '../sandbox/control/how-to-call.ts';
import type { RunningSandbox, SandboxOptions } from '../sandbox/index.ts';
import type { CommandIo } from './io.ts';

type Latency = NonNullable<SandboxOptions['latency']>;
type Shapes = NonNullable<SandboxOptions['shapes']>;

interface SandboxValues {
  readonly port: number;
  readonly seed: number;
  readonly orgs: number;
  readonly defects: string;
  readonly clothes?: string;
  readonly shapes?: Shapes;
  readonly faults: string;
  readonly today?: IsoDate;
  readonly apiVersion?: ApiVersion;
  /** True but for `--no-usage-prices`. */
  readonly usagePrices: boolean;
  readonly latency?: Latency;
  readonly rate?: number;
  readonly tokenSeconds?: number;
  readonly pageMax?: number;
  readonly moving?: boolean;
  readonly daySeconds?: number;
  readonly record?: string;
  readonly world?: string;
  readonly json?: boolean;
}

const wholeNumber =
  (most: number, least: number) =>
  (text: string): number => {
    const value = /^\d{1,10}$/.test(text) ? Number(text) : -1;
    if (value < least || value > most)
      throw new InvalidArgumentError(`expected a whole number from ${least} to ${most}`);
    return value;
  };

function latencyOf(text: string): Latency {
  const [, least, most] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text) ?? [];
  const [min, max] = [Number(least), Number(most ?? least)];
  if (min <= max) return { min, max };
  throw new InvalidArgumentError('expected milliseconds such as 200, or a range such as 50-400');
}

function dayOfTheWorld(text: string): IsoDate {
  const day = parseDate(text);
  if (day === null || day !== text || day < '2026-04-20') {
    throw new InvalidArgumentError('expected a date yyyy-MM-dd, 2026-04-20 or later');
  }
  return day;
}

export function addSandbox(program: Command, io: CommandIo, finish: (code: number) => void): void {
  program
    .command('sandbox')
    .description('serve both APIs over a seeded world, on one port of this machine')
    .option('--port <port>', 'port to listen on; 0 for a free one', wholeNumber(65_535, 0), 0)
    .option('--seed <seed>', 'the same seed gives the same world for ever', wholeNumber(2_147_483_647, 0), 42)
    .option('--orgs <count>', 'organisations in the world', wholeNumber(20_000, 1), 40)
    .option('--world <file>', 'organisations and products of your own, in YAML: docs/world.example.yaml')
    .option(
      '--today <date>',
      'the day at which the world stands, 2026-04-20 or later (default: 2026-04-20)',
      dayOfTheWorld,
    )
    .addOption(
      new Option(
        '--shapes <kind>',
        'kinds of accounts: rare has those that are met less often (default: usual)',
      ).choices(['usual', 'rare']),
    )
    .option('--clothes <list>', 'other ways to say the same: none, all, or ids by comma (docs/sandbox.md)')
    .option(
      '--defects <list>',
      'what to hide: all, none, or ids by comma (id, id*3, id@org, id@org:sku; id[variant] for id)',
      'none',
    )
    .option('--faults <list>', 'what to play: none, or ids by comma (id, id*3, id*forever, id@part-of-address)', 'none')
    .addOption(
      new Option(
        '--api-version <version>',
        `the contract API as it was or may become (default: ${CURRENT_API_VERSION}, as it is)`,
      ).choices(API_VERSIONS),
    )
    .option('--no-usage-prices', 'the usage API states no prices, as its documentation has none')
    .option('--latency <ms>', 'how long each answer takes: milliseconds, or a range such as 50-400', latencyOf)
    .option('--rate <count>', 'requests a minute for each credential; 429 beyond', wholeNumber(1_000_000, 1))
    .option('--token-seconds <count>', 'how long a token is good for (default: a day)', wholeNumber(86_400, 1))
    .option('--page-max <count>', 'most contracts of a page (default: 10, as documented)', wholeNumber(200, 1))
    .option(
      '--moving',
      'use of the open period grows when the day is set on (on the page at /, or POST /sandbox/stage)',
    )
    .option(
      '--day-seconds <count>',
      'a day of the world lasts so many seconds: it moves by itself',
      wholeNumber(86_400, 1),
    )
    .option('--record <dir>', 'write what is asked and answered to requests.jsonl in this folder, without credentials')
    .option('--json', 'print one line {"url","apiKey","clientId","clientSecret"} once it listens')
    .action(async (values: SandboxValues) => {
      finish(await serve(values, io));
    });
}

async function serve(values: SandboxValues, io: CommandIo): Promise<number> {
  const { startSandbox } = await import('../sandbox/index.ts');
  const { loadWorld } = await import('../scenario/world/load.ts');
  const own = values.world === undefined ? null : await loadWorld(values.world);
  if (values.record !== undefined) await folderFor(values.record, '--record DIR', 'usage');
  const options: SandboxOptions = {
    ...optionsOf(values),
    onStandstill: ({ message }) => io.stderr.write(`The world moves no further: ${message}.\n`),
  };
  const running = await startSandbox(own === null ? options : { ...options, world: own }).catch(withRemedy);
  try {
    const { url, apiKey, clientId, clientSecret } = running;
    io.stdout.write(
      values.json
        ? `${JSON.stringify({ url, apiKey, clientId, clientSecret })}\n`
        : welcome(running, options, values.world ?? null),
    );
    await interrupted(io.signal);
  } finally {
    await running.close();
  }
  return EXIT.met;
}

/** @throws the same error, with where to look if it says nothing of that itself */
function withRemedy(error: unknown): never {
  if (!(error instanceof HarnessError) || error.hint !== null) throw error;
  const { code, message, context } = error;
  const hint = 'docs/sandbox.md lists the defects, docs/faults.md the faults; parity sandbox --help has every option.';
  throw new HarnessError(code, message, { cause: error, context, hint });
}

/** What was not asked for is left out, so that the sandbox's own defaults hold. */
function optionsOf(values: SandboxValues): SandboxOptions {
  const { seed, orgs, port, today, apiVersion, latency, rate, tokenSeconds, pageMax, moving, daySeconds, record } =
    values;
  const { shapes, clothes } = values;
  return {
    seed,
    orgs,
    port,
    defects: someOf(values.defects),
    faults: faultsOf(values.faults),
    ...(shapes === undefined ? {} : { shapes }),
    ...(clothes === undefined ? {} : { clothes: someOf(clothes) }),
    ...(today === undefined ? {} : { today }),
    ...(apiVersion === undefined ? {} : { apiVersion }),
    ...(values.usagePrices ? {} : { usagePrices: false }),
    ...(latency === undefined ? {} : { latency }),
    ...(rate === undefined ? {} : { rateLimit: { allowed: rate, windowSeconds: 60 } }),
    ...(tokenSeconds === undefined ? {} : { tokenSeconds }),
    ...(pageMax === undefined ? {} : { apiPageMax: { contracts: pageMax, others: 200 } }),
    ...(moving === undefined ? {} : { moving }),
    ...(daySeconds === undefined ? {} : { daySeconds }),
    ...(record === undefined ? {} : { record }),
  };
}

const byComma = (text: string): string[] =>
  text
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');

const someOf = (text: string): 'all' | 'none' | string[] => (text === 'all' || text === 'none' ? text : byComma(text));

const faultsOf = (text: string): string[] => (text === 'none' ? [] : byComma(text));

function interrupted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

function welcome(
  { url, apiKey, clientId, clientSecret, defects, appIds }: RunningSandbox,
  { seed, orgs }: SandboxOptions,
  world: string | null,
): string {
  const hidden = defects.map(({ id, orgs: where }) => `  ${id} at ${where.join(', ') || 'the whole world'}`);
  return `${[
    `The sandbox listens on ${url} (${world ?? `seed ${seed}, ${orgs} organisations`}, ${defects.length} defects hidden). Ctrl-C ends it.`,
    ...hidden,
    `Open it in a browser: how to call it, what was asked, and switches for what goes wrong.  ${url}/`,
    '',
    'Scenario snippet:',
    ...scenarioText({ url, apiKey, clientId, clientSecret, appIds })
      .split('\n')
      .map((line) => `  ${line}`),
    '',
    `Try it:  curl -s -H 'x-api-key: ${apiKey}' '${url}/v1/regions?appIds=${appIds.join(',')}'`,
  ].join('\n')}\n`;
}
