/** Errors of folders and files: of runs, snapshots, shards. */
import { appendFile, chmod, cp, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { embedded } from '../sandbox-scenario.ts';
import type { ErrorCase, Scene, Section } from './error-case.ts';

const WORLD = { seed: 3, orgs: 4 } as const;
const QUIET = ['--reporter', 'json', '--quiet'];

/** A run that another section starts at the same time may lock the folder for a moment: the lock is not part of what is copied. */
const withoutLock = (source: string): boolean => path.basename(source) !== '.lock';

/** A copy of a folder, changed. */
const copied =
  (from: string, to: string, change: (scene: Scene) => Promise<unknown>) =>
  async (scene: Scene): Promise<void> => {
    await cp(path.join(scene.dir, from), path.join(scene.dir, to), {
      recursive: true,
      force: false,
      filter: withoutLock,
    });
    await change(scene);
  };

/** Changes the text of a file. */
const edited =
  (name: string, edit: (text: string) => string) =>
  async ({ read, write }: Scene): Promise<unknown> =>
    write(name, edit(await read(name)));

export const WRITING: Section = {
  title: 'Folders and files that cannot be written',
  cases: [
    { what: 'a file in the place of the output folder', args: ['run', 's.yaml', '--out', 's.yaml', ...QUIET] },
    { what: 'an output folder that the system refuses', args: ['run', 's.yaml', '--out', '/proc/parity', ...QUIET] },
    { what: 'an output folder that holds a run', args: ['run', 's.yaml', '--out', 'done', ...QUIET] },
    {
      what: 'a folder that another run writes into',
      args: ['run', 's.yaml', '--out', 'locked', ...QUIET],
      before: ({ write }) =>
        write(
          'locked/snapshot/.lock',
          JSON.stringify({ pid: 1, host: 'elsewhere', since: '2026-04-20T12:00:00.000Z' }),
        ),
    },
    {
      what: 'a file in the place of the snapshot',
      args: ['run', 's.yaml', '--out', 'taken', ...QUIET],
      before: ({ write }) => write('taken/snapshot', 'precious'),
    },
    {
      what: 'a folder in the place of the log',
      args: ['run', 's.yaml', '--out', 'nolog', ...QUIET],
      before: ({ dir }) => mkdir(path.join(dir, 'nolog/run.log'), { recursive: true }),
    },
    {
      what: 'a disk that is full after some exchanges',
      args: ['run', 's.yaml', '--out', 'full', ...QUIET],
      shell: 'ulimit -f 24;',
    },
    {
      what: 'a folder in the place of a report',
      args: ['run', 'calm.yaml', '--out', 'noreport', ...QUIET],
      before: async ({ dir, write }) => {
        await write('calm.yaml', embedded({ ...WORLD, name: 'calm' }));
        await mkdir(path.join(dir, 'noreport/findings.jsonl/x'), { recursive: true });
      },
    },
    {
      what: 'waivers into a folder that is not there',
      args: ['run', 's.yaml', '--out', 'waived', '--propose-waivers', 'nowhere/w.yaml', ...QUIET],
    },
    { what: 'standard output onto a full disk', args: ['history', 'done', '--sandbox', '--json'], into: '> /dev/full' },
    {
      what: 'a page of the history that cannot be written',
      args: ['history', 'done', '--sandbox', '--html', 's.yaml/x.html'],
    },
    {
      what: 'a bundle in a folder that is no folder',
      args: ['history', 'done', '--sandbox', '--bundle', 's.yaml/x.zip'],
    },
    {
      what: 'a bundle onto a folder',
      args: ['history', 'done', '--sandbox', '--bundle', 'bundle.zip'],
      before: ({ dir }) => mkdir(path.join(dir, 'bundle.zip/x'), { recursive: true }),
    },
    { what: 'a bundle into a folder with something in it', args: ['history', 'done', '--sandbox', '--bundle', 'done'] },
    {
      what: 'a comparison as Markdown into no folder',
      args: ['compare', 'done', 'done', '--markdown', 'nowhere/c.md'],
    },
    { what: 'a comparison as a page into no folder', args: ['compare', 'done', 'done', '--html', 's.yaml/c.html'] },
    { what: 'a report into no folder', args: ['report', 'done', '--out', 's.yaml/r'] },
    {
      what: 'a PDF by a browser that prints nothing',
      args: ['report', 'done', '--pdf', 'done.pdf'],
      env: ({ dir }) => ({ PARITY_BROWSER: path.join(dir, 'browser') }),
      before: async ({ dir }) => {
        await writeFile(path.join(dir, 'browser'), '#!/bin/sh\n[ "$1" = --version ] && echo Browser 1.0\n');
        await chmod(path.join(dir, 'browser'), 0o755);
      },
    },
    {
      what: 'an archive for browsers that cannot be written',
      args: ['snapshot', 'export', 'done', '--har', 's.yaml/x.har'],
    },
    {
      what: 'a baseline of the shape that is none',
      args: ['validate', 'shaped.yaml', '--out', 'shape', ...QUIET],
      before: async ({ write }) => {
        await write('shaped.yaml', embedded({ ...WORLD, name: 'shaped' }));
        await write('snapshots/shaped/shape.json', '{"version":1}');
      },
    },
    {
      what: 'a baseline of the shape that cannot be read',
      args: ['validate', 'shaped.yaml', '--out', 'shape', ...QUIET],
      before: async ({ dir, clear }) => {
        await clear('snapshots/shaped/shape.json');
        await mkdir(path.join(dir, 'snapshots/shaped/shape.json'));
      },
    },
  ],
};

export const RUNS: Section = {
  title: 'Folders of runs',
  cases: [
    { what: 'a folder without a run', args: ['explain', 'abc', '--run', 'nowhere'] },
    {
      what: 'a run of another version',
      args: ['compare', 'version', 'done'],
      before: copied(
        'done',
        'version',
        edited('version/result.json', (text) => text.replace('"schemaVersion": 1', '"schemaVersion": 9')),
      ),
    },
    {
      what: 'findings that were cut short',
      args: ['compare', 'cut', 'done'],
      before: copied(
        'done',
        'cut',
        edited('cut/findings.jsonl', (text) => text.slice(0, 200)),
      ),
    },
    {
      what: 'findings of another run',
      args: ['compare', 'fewer', 'done'],
      before: copied(
        'done',
        'fewer',
        edited('fewer/findings.jsonl', (text) => text.slice(text.indexOf('\n') + 1)),
      ),
    },
    {
      what: 'matches that cannot be read',
      args: ['compare', 'nomatches', 'done'],
      before: copied('done', 'nomatches', async ({ dir }) => {
        await rm(path.join(dir, 'nomatches/matches.txt'));
        await mkdir(path.join(dir, 'nomatches/matches.txt'));
      }),
    },
    { what: 'a history of no folder', args: ['history', 'nowhere'] },
    {
      what: 'a history of a folder without runs',
      args: ['history', 'noruns'],
      before: ({ write }) => write('noruns/readme.txt', 'none'),
    },
    { what: 'bodies in a folder that is not there', args: ['validate', '--from', 'nowhere'] },
    { what: 'bodies in a file', args: ['validate', '--from', 's.yaml'] },
    {
      what: 'bodies in a folder without any',
      args: ['validate', '--from', 'bodies'],
      before: ({ write }) => write('bodies/readme.txt', 'none'),
    },
    {
      what: 'more bodies than are read',
      args: ['validate', '--from', 'many'],
      before: async ({ dir }) => {
        await mkdir(path.join(dir, 'many'));
        for (let index = 0; index <= 10_000; index += 1) await appendFile(path.join(dir, `many/${index}.json`), '');
      },
    },
  ],
};

const REPLAY = (dir: string): string[] => [
  'run',
  's.yaml',
  '--legacy',
  `snapshot:${dir}`,
  '--contract',
  `snapshot:${dir}`,
  ...QUIET,
];

const broken = (what: string, to: string, edit: (text: string) => string, file = 'manifest.json'): ErrorCase => ({
  what,
  args: [...REPLAY(to), '--out', `${to}-out`],
  before: copied('done/snapshot', to, edited(`${to}/${file}`, edit)),
});

export const SNAPSHOTS: Section = {
  title: 'Snapshots',
  cases: [
    { what: 'a folder that is not there', args: REPLAY('nowhere') },
    { what: 'a snapshot that lacks a source', args: ['run', 's.yaml', '--legacy', 'snapshot:checked', ...QUIET] },
    broken('a manifest that is no JSON', 'nojson', () => '{'),
    broken('a manifest of a later release', 'later', (text) => text.replace(/"version": \d/, '"version": 99')),
    broken('a manifest that was altered', 'nocount', (text) => text.replace('"complete": true', '"complete": "yes"')),
    broken(
      'a line that was altered',
      'altered',
      (text) => text.replace('"status":200', '"status":201'),
      'exchanges.jsonl',
    ),
    broken('a line that was taken out', 'fewerlines', (text) => text.slice(text.indexOf('\n') + 1), 'exchanges.jsonl'),
    {
      what: 'exchanges without a manifest',
      args: [...REPLAY('nomanifest'), '--out', 'nomanifest-out'],
      before: copied('done/snapshot', 'nomanifest', ({ clear }) => clear('nomanifest/manifest.json')),
    },
    {
      what: 'exchanges without a manifest, to be gone on with',
      args: ['run', 's.yaml', '--record', 'nomanifest', '--out', 'gone-on', '--resume', ...QUIET],
    },
    {
      what: 'a manifest that cannot be read',
      args: [...REPLAY('unreadable'), '--out', 'unreadable-out'],
      before: copied('done/snapshot', 'unreadable', async ({ dir, clear }) => {
        await clear('unreadable/manifest.json');
        await mkdir(path.join(dir, 'unreadable/manifest.json'));
      }),
    },
    {
      what: 'a request that was not recorded',
      args: ['run', 'more.yaml', '--legacy', 'snapshot:done', '--contract', 'snapshot:done', '--out', 'more', ...QUIET],
      before: async ({ write, read }) => write('more.yaml', (await read('s.yaml')).replace('wallboard', 'walboard')),
    },
    {
      what: 'a compressed log that is damaged',
      args: [...REPLAY('damaged'), '--out', 'damaged-out'],
      before: copied('packed/snapshot', 'damaged', async ({ dir }) => {
        const { open } = await import('node:fs/promises');
        const file = await open(path.join(dir, 'damaged/exchanges.jsonl.gz'), 'r+');
        await file.write(Buffer.alloc(64), 0, 64, 20);
        await file.close();
      }),
    },
    {
      what: 'a compressed log with something behind it',
      args: [...REPLAY('behind'), '--out', 'behind-out'],
      before: copied('packed/snapshot', 'behind', ({ dir }) =>
        appendFile(path.join(dir, 'behind/exchanges.jsonl.gz'), 'more'),
      ),
    },
    {
      what: 'a snapshot of another server, to be gone on with',
      args: ['run', 's.yaml', '--out', 'moved', '--resume', ...QUIET],
      before: copied(
        'done',
        'moved',
        edited('moved/snapshot/manifest.json', (text) =>
          text.replace(/http:\/\/127\.0\.0\.1:\d+/g, 'https://api.mypurecloud.com'),
        ),
      ),
    },
    { what: 'nothing to verify', args: ['snapshot', 'verify', 'nowhere'] },
    {
      what: 'pseudonyms of a snapshot that is not complete',
      args: ['snapshot', 'pseudonymise', 'open', '--out', 'copy'],
      before: copied(
        'done/snapshot',
        'open',
        edited('open/manifest.json', (text) => text.replace('"complete": true', '"complete": false')),
      ),
    },
    {
      what: 'pseudonyms into a folder with something in it',
      args: ['snapshot', 'pseudonymise', 'done', '--out', 'one'],
    },
    {
      what: 'pseudonyms into the snapshot itself',
      args: ['snapshot', 'pseudonymise', 'done', '--out', 'done/snapshot/copy'],
    },
    {
      what: 'the way back within the copy',
      args: ['snapshot', 'pseudonymise', 'done', '--out', 'copy', '--mapping', 'copy/m.json'],
    },
    {
      what: 'a mapping that is none',
      args: ['snapshot', 'pseudonymise', 'done', '--out', 'copy', '--mapping', 's.yaml'],
    },
    {
      what: 'a mapping that is a folder',
      args: ['snapshot', 'pseudonymise', 'done', '--out', 'copy', '--mapping', 'done'],
    },
    {
      what: 'a mapping that cannot be written',
      args: ['snapshot', 'pseudonymise', 'done', '--out', 'copy', '--mapping', '/proc/parity/m.json'],
    },
    {
      what: 'a copy that cannot be written',
      args: ['snapshot', 'pseudonymise', 'done', '--out', '/proc/parity', '--mapping', 'm.json'],
    },
    {
      what: 'a scenario of the copy that is not there',
      args: ['snapshot', 'pseudonymise', 'done', '--out', 'copy', '--scenario', 'nope.yaml'],
    },
    {
      what: 'a scenario of the copy that is none',
      args: ['snapshot', 'pseudonymise', 'done', '--out', 'copy', '--scenario', 'list.yaml'],
      before: ({ write }) => write('list.yaml', '- a\n'),
    },
  ],
};

const MERGED = ['--out', 'merged', ...QUIET];

export const SHARDS: Section = {
  title: 'Shards',
  cases: [
    { what: 'a folder without a shard', args: ['merge', 'done', ...MERGED] },
    { what: 'a shard that is missing', args: ['merge', 'one', ...MERGED] },
    { what: 'the same shard twice', args: ['merge', 'one', 'one', ...MERGED] },
    { what: 'a shard of another count', args: ['merge', 'one', 'third', ...MERGED] },
    { what: 'the result into a shard', args: ['merge', 'one', 'two', '--out', 'one', ...QUIET] },
    {
      what: 'a shard of another release',
      args: ['merge', 'release', 'two', ...MERGED],
      before: copied(
        'one',
        'release',
        edited('release/shard.json', (text) => text.replace(/"tool": "[^"]+"/, '"tool": "0.0.1"')),
      ),
    },
    {
      what: 'a shard that is not complete',
      args: ['merge', 'half', 'two', ...MERGED],
      before: copied(
        'one',
        'half',
        edited('half/snapshot/manifest.json', (text) => text.replace('"complete": true', '"complete": false')),
      ),
    },
    {
      what: 'shards of two servers',
      args: ['merge', 'elsewhere', 'two', ...MERGED],
      before: copied(
        'one',
        'elsewhere',
        edited('elsewhere/snapshot/manifest.json', (text) =>
          text.replace(/http:\/\/127\.0\.0\.1:\d+/g, 'https://api.mypurecloud.com'),
        ),
      ),
    },
    {
      what: 'shards of two nights',
      args: ['merge', 'night', 'two', ...MERGED],
      before: copied(
        'one',
        'night',
        edited('night/snapshot/manifest.json', (text) =>
          text.replace(/"createdAt": "[^"]+"/, '"createdAt": "2026-01-01T00:00:00.000Z"'),
        ),
      ),
    },
    {
      what: 'a shard whose snapshot lacks what it asked for',
      args: ['merge', 'lacks', 'two', ...MERGED],
      before: copied('one', 'lacks', async (scene) => {
        const { withoutExchange } = await import('./shorter-snapshot.ts');
        for (const dir of ['lacks', 'two'])
          await withoutExchange(path.join(scene.dir, dir, 'snapshot'), '/v1/regions?');
      }),
    },
  ],
};

export const PREPARED = embedded({ ...WORLD, defects: 'all' });
