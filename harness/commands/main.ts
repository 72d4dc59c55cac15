/** Parses the command line, runs one command, and turns every error into words and an exit code. */
import { Command, CommanderError } from 'commander';
import { type ErrorCode, HarnessError } from '../domain/errors.ts';
import { EXIT } from '../domain/verdict.ts';
import { VERSION } from '../runner/version.ts';
import { addCompare } from './compare.ts';
import { addDemo } from './demo.ts';
import { addDoctor } from './doctor.ts';
import { addExplain } from './explain.ts';
import { addHistory } from './history.ts';
import { addInit } from './init.ts';
import { type CommandIo, wantsColour } from './io.ts';
import { addMerge } from './merge.ts';
import { addRecord } from './record.ts';
import { addReport } from './report.ts';
import { addRun } from './run.ts';
import { addSandbox } from './sandbox.ts';
import { addSnapshot } from './snapshot.ts';
import { addValidate } from './validate.ts';
import { addWaive } from './waive.ts';

/** Registers one command; its action stores the exit code. */
export type AddCommand = (program: Command, io: CommandIo, finish: (code: number) => void) => void;

const COMMANDS: readonly AddCommand[] = [
  addRun,
  addMerge,
  addCompare,
  addRecord,
  addValidate,
  addSandbox,
  addExplain,
  addReport,
  addWaive,
  addHistory,
  addSnapshot,
  addDemo,
  addInit,
  addDoctor,
];

/** Nothing was sent: the user's own input must change first. */
const USAGE_ERRORS: ReadonlySet<ErrorCode> = new Set(['usage', 'scenario-invalid', 'configuration']);

/** Runs `parity` with the arguments after the program's name. @returns the exit code. Never throws. */
export async function main(args: readonly string[], io: CommandIo): Promise<number> {
  let code: number = EXIT.met;
  const program = buildProgram(io, (result) => {
    code = result;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    return explain(error, io);
  }
}

/** The command line as it is parsed; the exit code of the command that ran goes to `finish`. */
export function buildProgram(io: CommandIo, finish: (code: number) => void): Command {
  const program = new Command('parity')
    .description(
      'Proves that the Contract & Billing API bills the same money as the legacy usage APIs, or says where not.',
    )
    .version(VERSION)
    .showSuggestionAfterError(true)
    .showHelpAfterError('(run with --help for the options)')
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      getOutHasColors: () => wantsColour(io.stdout, io.env),
      getErrHasColors: () => wantsColour(io.stderr, io.env),
    })
    .exitOverride()
    .addHelpText(
      'after',
      '\nExit codes: 0 gate met, 1 mismatch proven, 2 bad usage or scenario (nothing was sent),\n' +
        '            3 could not verify, 4 internal error, 130/143 interrupted\n' +
        '\nTry it without any credentials:  parity demo',
    );
  for (const add of COMMANDS) add(program, io, finish);
  for (const command of program.commands) command.copyInheritedSettings(program);
  return program;
}

function explain(error: unknown, io: CommandIo): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.met : EXIT.usage;
  if (error instanceof HarnessError) {
    io.stderr.write(`${error.code === 'interrupted' ? 'interrupted' : 'error'}: ${error.message}\n`);
    if (error.hint !== null) io.stderr.write(`  → ${error.hint}\n`);
    if (error.code === 'interrupted') return EXIT.interrupted;
    return USAGE_ERRORS.has(error.code) ? EXIT.usage : EXIT.notVerified;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  io.stderr.write(
    `internal error: ${text}\n  → This is a bug in parity. Nothing it printed before counts as a verdict.\n`,
  );
  return EXIT.internal;
}
