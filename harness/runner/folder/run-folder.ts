/** A finished run on disk, read again: its result, its findings, and the exchanges that they cite. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { PassedChecks } from '../../domain/customer.ts';
import { HarnessError } from '../../domain/errors.ts';
import type { Exchange } from '../../domain/exchange.ts';
import type { Finding, RunResult, StatementRow } from '../../domain/run-result.ts';
import { openSnapshot, type Snapshot } from '../../http/recording/snapshot.ts';

export interface RunFolder {
  readonly dir: string;
  readonly result: RunResult;
  readonly findings: readonly Finding[];
  /** Empty where statement.jsonl is not there: releases before statements wrote none. */
  readonly statement: readonly StatementRow[];
  /** Null where passed.jsonl is not there: releases before it wrote none. */
  readonly passed: readonly PassedChecks[] | null;
  /** Null if the exchange is not there: its snapshot was moved, or the run was recorded elsewhere. */
  exchange(id: string): Promise<Exchange | null>;
}

/** @throws HarnessError `usage` if the folder holds no run, or one that another release wrote in another form. */
export async function openRunFolder(dir: string): Promise<RunFolder> {
  const folder = path.resolve(dir);
  const result = parsed(path.join(folder, 'result.json'), await textOf(folder, 'result.json')) as RunResult;
  if (result.schemaVersion !== 1) {
    throw new HarnessError('usage', `${folder} was written in version ${result.schemaVersion} of the results`, {
      hint: 'Read it with the release of parity that wrote it.',
    });
  }
  const findings = linesOf(folder, 'findings.jsonl', await textOf(folder, 'findings.jsonl')) as Finding[];
  const stated = await readFile(path.join(folder, 'statement.jsonl'), 'utf8').catch(() => '');
  const statement = linesOf(folder, 'statement.jsonl', stated) as StatementRow[];
  const matched = await readFile(path.join(folder, 'passed.jsonl'), 'utf8').catch(() => null);
  const passed = matched === null ? null : (linesOf(folder, 'passed.jsonl', matched) as PassedChecks[]);
  // Opening it checks every line, which takes its time: only who asks for an exchange waits for that.
  let snapshot: Promise<Snapshot | null> | null = null;
  const exchange = async (id: string): Promise<Exchange | null> => {
    snapshot ??= openSnapshot(path.join(folder, 'snapshot')).catch(() => null);
    return (await (await snapshot)?.get(id)) ?? null;
  };
  return { dir: folder, result, findings, statement, passed, exchange };
}

/** The exchanges that a finding cites, as far as they are there, by id. */
export async function citedBy(finding: Finding, run: RunFolder): Promise<ReadonlyMap<string, Exchange>> {
  const ids = [finding.legacy, finding.contract].flatMap((side) =>
    [side?.evidence, side?.first?.evidence].flatMap((evidence) => (evidence == null ? [] : [evidence.exchange])),
  );
  const cited = await Promise.all(ids.map(async (each) => [each, await run.exchange(each)] as const));
  return new Map(cited.flatMap(([each, exchange]) => (exchange === null ? [] : [[each, exchange] as const])));
}

const linesOf = (folder: string, name: string, text: string): unknown[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => parsed(path.join(folder, name), line));

async function textOf(folder: string, name: string): Promise<string> {
  try {
    return await readFile(path.join(folder, name), 'utf8');
  } catch (cause) {
    throw new HarnessError('usage', `${folder} holds no run: ${name} is not there`, {
      cause,
      hint: 'Name the folder that has result.json in it, such as reports/<scenario>/latest.',
    });
  }
}

function parsed(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new HarnessError('usage', `${file} is not JSON`, {
      cause,
      hint: 'It was cut short or changed: copy the whole folder of the run again.',
    });
  }
}
