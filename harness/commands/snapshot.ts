/** `parity snapshot`: what can be done with an archive beside replaying it. */
import type { Command } from 'commander';
import { EXIT } from '../domain/verdict.ts';
import { VERSION } from '../runner/version.ts';
import { type CommandIo, shown } from './io.ts';

interface Values {
  readonly json?: boolean;
  readonly har: string;
  readonly out: string;
  readonly scenario?: string;
  readonly mapping?: string;
}

const TOOL = { name: 'cutover-parity', version: VERSION };
const JSON_OPTION = ['--json', 'write the result to standard output as JSON, and nothing else'] as const;
const DIR = ['<dir>', 'folder of the snapshot, or of the run it belongs to'] as const;

export function addSnapshot(program: Command, io: CommandIo, finish: (code: number) => void): void {
  const snapshot = program
    .command('snapshot')
    .description('check, count, export or pseudonymise what was recorded; sends nothing');
  snapshot
    .command('verify')
    .description('read every line again and check it; exit code 3 if the snapshot does not hold')
    .argument(...DIR)
    .option(...JSON_OPTION)
    .action(async (dir: string, values: Values) => finish(await verify(dir, values, io)));
  snapshot
    .command('stats')
    .description('exchanges by side, endpoint and status; organisations, bytes, retries, time')
    .argument(...DIR)
    .option(...JSON_OPTION)
    .action(async (dir: string, values: Values) => finish(await stats(dir, values, io)));
  snapshot
    .command('export')
    .description('write an HTTP Archive that the developer tools of browsers open')
    .argument(...DIR)
    .requiredOption('--har <file>', 'file to write')
    .action(async (dir: string, values: Values) => finish(await exportHar(dir, values, io)));
  snapshot
    .command('pseudonymise')
    .description('a copy to share: other names, ids, numbers and addresses; the same figures and findings')
    .argument(...DIR)
    .requiredOption('--out <dir>', 'folder of the copy')
    .option('--scenario <file>', 'scenario to go with it (default: scenario.yaml beside the snapshot)')
    .option('--mapping <file>', 'where the way back is kept, for you alone (default: <out>.mapping.json)')
    .option(...JSON_OPTION)
    .action(async (dir: string, values: Values) => finish(await pseudonyms(dir, values, io)));
}

async function verify(dir: string, { json }: Values, io: CommandIo): Promise<number> {
  const { snapshotFolder } = await import('../archive/locate.ts');
  const { verifySnapshot } = await import('../archive/verify.ts');
  const { verificationText } = await import('../report/terminal/snapshot.ts');
  const found = await verifySnapshot(await snapshotFolder(dir));
  const place = {
    ...found,
    dir: shown(found.dir),
    faults: found.faults.map((one) => ({ ...one, file: shown(one.file) })),
  };
  io.stdout.write(json ? `${JSON.stringify(place)}\n` : verificationText(place));
  return found.holds ? EXIT.met : EXIT.notVerified;
}

async function stats(dir: string, { json }: Values, io: CommandIo): Promise<number> {
  const { snapshotFolder } = await import('../archive/locate.ts');
  const { snapshotStats } = await import('../archive/stats.ts');
  const { statsText } = await import('../report/terminal/snapshot.ts');
  const found = await snapshotStats(await snapshotFolder(dir));
  io.stdout.write(json ? `${JSON.stringify(found)}\n` : statsText({ ...found, dir: shown(found.dir) }));
  return EXIT.met;
}

async function exportHar(dir: string, { har }: Values, io: CommandIo): Promise<number> {
  const { snapshotFolder } = await import('../archive/locate.ts');
  const { writeHar } = await import('../archive/write-har.ts');
  const { sizeText } = await import('../report/terminal/snapshot.ts');
  const bytes = await writeHar(await snapshotFolder(dir), har, TOOL);
  io.stdout.write(
    `Wrote ${shown(har)} (${sizeText(bytes)}): open it in the network panel of a browser's developer tools.\n`,
  );
  return EXIT.met;
}

async function pseudonyms(dir: string, values: Values, io: CommandIo): Promise<number> {
  const { snapshotFolder } = await import('../archive/locate.ts');
  const { pseudonymise } = await import('../archive/pseudonyms/pseudonymise.ts');
  const done = await pseudonymise({
    dir: await snapshotFolder(dir),
    out: values.out,
    scenario: values.scenario ?? null,
    mapping: values.mapping ?? `${values.out.replace(/[/\\]+$/, '')}.mapping.json`,
    tool: TOOL,
  });
  const [out, mapping] = [shown(done.out), shown(done.mapping)];
  if (values.json) {
    io.stdout.write(`${JSON.stringify({ ...done, out, mapping })}\n`);
    return EXIT.met;
  }
  const { uuid, name, code, email, text, host } = done.replaced;
  io.stdout.write(
    `Wrote ${out}: ${done.exchanges} exchanges, read again; nothing known of the original is found in them.\n` +
      `  replaced: ${uuid} ids, ${name} names, ${code} numbers and codes, ${email} e-mail addresses, ${host} hosts, ${text} other texts\n`,
  );
  if (done.leftOut.length > 0) io.stdout.write(`  left out: ${done.leftOut.length} bodies that are no JSON\n`);
  io.stdout.write(
    done.scenario === null
      ? 'note: no scenario goes with it; name it with --scenario FILE, or nobody can replay the copy\n'
      : `Replay it:  parity run ${shown(done.scenario)} --legacy snapshot:${out} --contract snapshot:${out}\n`,
  );
  io.stdout.write(`Keep ${mapping} to yourself: it leads back from each pseudonym to the original.\n`);
  return EXIT.met;
}
