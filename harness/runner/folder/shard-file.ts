/** `shard.json`: what `parity merge` must know of a shard besides its snapshot, so that it needs neither scenario nor credentials. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { HarnessError } from '../../domain/errors.ts';
import type { RunIdentity } from '../../domain/run-result.ts';
import type { Shard } from '../../domain/shard.ts';
import type { SourceName } from '../../domain/side.ts';
import { writeAtomically } from '../../report/atomic-write.ts';
import type { LoadedScenario, PlatformAccess, Scenario } from '../../scenario/scenario.ts';
import { VERSION } from '../version.ts';

const FILE = 'shard.json';
const FORMAT = 1;

export interface ShardFile {
  readonly version: typeof FORMAT;
  /** Release that wrote it; the scenario's shape is that of the release. */
  readonly tool: string;
  readonly shard: Shard;
  readonly scenario: Pick<LoadedScenario, 'path' | 'name' | 'partOf' | 'sha256' | 'scenario' | 'policy'>;
  readonly sources: RunIdentity['sources'];
  readonly legacySources: readonly SourceName[];
  /** From the folder of this file. */
  readonly snapshot: string;
}

export interface ShardMeta {
  readonly shard: Shard;
  readonly loaded: LoadedScenario;
  readonly sources: RunIdentity['sources'];
  readonly legacySources: readonly SourceName[];
  readonly snapshot: string;
}

/** @throws HarnessError `report-write` */
export async function writeShardFile(dir: string, meta: ShardMeta): Promise<void> {
  const { path: file, name, partOf, sha256, scenario, policy } = meta.loaded;
  const content: ShardFile = {
    version: FORMAT,
    tool: VERSION,
    shard: meta.shard,
    scenario: {
      path: file,
      name,
      ...(partOf === undefined ? {} : { partOf }),
      sha256,
      scenario: withoutCredentials(scenario),
      policy,
    },
    sources: meta.sources,
    legacySources: meta.legacySources,
    snapshot: path.relative(dir, meta.snapshot).split(path.sep).join('/'),
  };
  await writeAtomically(path.join(dir, FILE), [`${JSON.stringify(content, null, 2)}\n`]);
}

/** @throws HarnessError `usage` if there is none, or one of another release */
export async function readShardFile(dir: string): Promise<ShardFile> {
  const file = path.join(dir, FILE);
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new HarnessError('usage', `${dir} holds no finished shard: ${FILE} is not there`, {
      cause,
      hint: 'Give the --out folder of a run with --shard; one that was interrupted is finished with --resume.',
    });
  });
  const content = parsed(text) as Partial<ShardFile> | null;
  if (content?.version !== FORMAT || content.tool !== VERSION) {
    const wrote = content?.tool === undefined ? 'another release' : `release ${content.tool}`;
    throw new HarnessError('usage', `${file} was written by ${wrote}, this is ${VERSION}`, {
      hint: 'Run all shards and the merge with one release.',
    });
  }
  return content as ShardFile;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const UNSET = 'unset';
const platform = (access: PlatformAccess): PlatformAccess => ({ ...access, clientId: UNSET, clientSecret: UNSET });

function withoutCredentials(scenario: Scenario): Scenario {
  const { legacy, contract } = scenario;
  return {
    ...scenario,
    contract: contract === null ? null : { ...platform(contract), withoutPermission: null },
    legacy:
      legacy === null
        ? null
        : {
            usageApi: legacy.usageApi === null ? null : { ...legacy.usageApi, apiKey: UNSET },
            partnerBilling: legacy.partnerBilling === null ? null : platform(legacy.partnerBilling),
          },
  };
}
