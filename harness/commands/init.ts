/** `parity init`: asks both sides what there is, proposes the mapping with its evidence, and writes what a first night needs. */
import path from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { parseDate } from '../domain/billing-period.ts';
import { EXIT } from '../domain/verdict.ts';
import { folderFor } from '../runner/folder/folder-for.ts';
import { draftText } from '../runner/proposal/scenario-text.ts';
import { scenarioOfText } from '../scenario/load.ts';
import { findAccess, type InitValues } from './init-access.ts';
import { type Ci, ciFile, playwrightFiles } from './init-extras.ts';
import { mustBeNew, template, writeAll } from './init-files.ts';
import { filesFor } from './init-scenarios.ts';
import { couldNotLook, foundWords, writtenWords } from './init-words.ts';
import type { CommandIo } from './io.ts';

interface Values extends InitValues {
  readonly cutover?: string;
  readonly nights: number;
  readonly cycles: number;
  readonly sample: number;
  readonly ci?: Ci;
  readonly playwright?: true;
  readonly template?: true;
}

const ORIGIN = 'live, sandbox or snapshot:DIR';

export function addInit(program: Command, io: CommandIo, finish: (code: number) => void): void {
  program
    .command('init')
    .description('ask both sides what there is, propose the mapping, and write the first scenarios')
    .argument('[file]', 'where to', 'scenarios/nightly.yaml')
    .option(
      '--app <ids>',
      'application ids of the usage API, with commas between',
      (text: string, before: string[] = []) => [...before, text],
    )
    .option('--region <region>', 'region of the contract API, such as us-east-1')
    .option('--partner-region <region>', 'region of partner billing (default: as --region)')
    .option('--api-url <url>', 'address of the platform API, in place of --region')
    .option('--login-url <url>', 'address of its login service')
    .option('--usage-url <url>', 'address of the usage API, where it is not the usual one')
    .option('--legacy <origin>', `where the legacy side comes from: ${ORIGIN}`)
    .option('--contract <origin>', `where the contract side comes from: ${ORIGIN}`)
    .option('--cutover <date>', 'the day on which the legacy side is switched off', aDate)
    .option('--nights <count>', 'nights in a row at parity that are to hold before it', whole(366), 14)
    .option('--cycles <count>', 'closed billing cycles in a row that are to hold before it', whole(24), 2)
    .option(
      '--sample <count>',
      'look at a share of about so many organisations where there are more',
      whole(100_000),
      200,
    )
    .addOption(new Option('--ci <name>', 'write the pipeline, too').choices(['github', 'gitlab', 'jenkins', 'azure']))
    .option('--playwright', 'write a configuration for Playwright, too')
    .option('--template', 'ask nobody; write an example with every field, to be filled in by hand')
    .action(async (file: string, values: Values) => {
      finish(await (values.template ? template(file, io) : init(file, values, io)));
    });
}

/** @throws InvalidArgumentError */
function aDate(text: string): string {
  const date = parseDate(text);
  if (date === text) return text;
  throw new InvalidArgumentError('expected a date yyyy-MM-dd');
}

const whole =
  (most: number) =>
  (text: string): number => {
    const value = /^\d{1,6}$/.test(text) ? Number(text) : 0;
    if (value < 1 || value > most) throw new InvalidArgumentError(`expected a whole number from 1 to ${most}`);
    return value;
  };

async function init(file: string, values: Values, io: CommandIo): Promise<number> {
  const target = path.resolve(file);
  await mustBeNew(target);
  await folderFor(path.dirname(target), 'parity init FILE');
  const found = await findAccess(values, target, io);
  const cutover = values.cutover ?? (await cutoverAt(io));
  const loaded = await scenarioOfText(draftText(found.access, found.appIds), target, {
    env: found.env,
    unasked: found.origins.legacy?.kind === 'snapshot' ? ['legacy', 'contract'] : [],
  });
  io.stderr.write('Asking both sides …\n');
  const { sampleSides } = await import('../runner/proposal/sample-sides.ts');
  const { sample } = values;
  const sampled = await sampleSides({
    loaded,
    options: found.origins,
    listen: () => undefined,
    signal: io.signal,
    sample,
  });
  const blind = couldNotLook(sampled);
  if (blind !== null) throw blind;
  io.stdout.write(foundWords(sampled, found.appIds));
  const files = filesFor({ target, found, sampled, cutover, nights: values.nights, cycles: values.cycles });
  const extras = [
    ...(values.ci === undefined ? [] : [await ciFile(values.ci, files)]),
    ...(values.playwright ? playwrightFiles(files) : []),
  ];
  const keep = await wantsKept(found.typed, io);
  const written = await writeAll([...files.all, ...extras], keep ? { target, typed: found.typed } : null);
  io.stdout.write(writtenWords({ files, written, sampled, found, extras: values }));
  return EXIT.met;
}

async function cutoverAt({ ask }: CommandIo): Promise<string | null> {
  const answer = await ask?.({
    text: 'Day on which the legacy side is switched off, yyyy-MM-dd (empty: not known): ',
    hidden: false,
  });
  return answer !== undefined && parseDate(answer) === answer ? answer : null;
}

async function wantsKept(typed: Readonly<Record<string, string>>, { ask }: CommandIo): Promise<boolean> {
  if (ask === undefined || Object.keys(typed).length === 0) return false;
  const answer = await ask({
    text: 'Keep what you typed in .env beside the scenario, readable by you alone? [y/N] ',
    hidden: false,
  });
  return /^y(?:es)?$/i.test(answer);
}
