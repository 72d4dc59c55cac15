/** docs/mutation.md from StrykerJS's reports: the score of each file, and every change that no test noticed, with what is known of it. */
import { readFile, writeFile } from 'node:fs/promises';

const NOTICED = ['Killed', 'Timeout'];
const TRIED = [...NOTICED, 'Survived', 'NoCoverage'];
const LONGEST = 100;

/** Kinds of changes that survive. */
const KINDS = {
  'never absent':
    'the type allows nothing to be there (an index, a map), and what is asked for always is: written before it is read',
  'the type asks':
    'asked because the type wants it: in the other case there is nothing to look at, or what follows says the same',
  'work saved': 'a cache, or a short cut for the usual case: the long way says the same',
  'at the edge': 'at the edge both say the same, or the edge is never met',
  'order or key': 'an order, or a part of a key, that something else decides as well',
  fallback:
    'what stands in where nothing is found, at a place where something always is, or where nothing looks for it',
  'guarded twice': 'something before or after refuses the same',
  open: 'a test may be missing',
};

/** Looked at one by one: by file and by the line of code, so that a reason ends with the line that it is about. */
const REASONS = JSON.parse(await readFile(new URL('reasons.json', import.meta.url), 'utf8'));

function kindOf({ mutatorName, location }, { name, source }) {
  if (mutatorName === 'OptionalChaining') return 'never absent';
  const line = source.split('\n')[location.start.line - 1].trim();
  return REASONS[name]?.[line] ?? 'open';
}

const inOneLine = (text) => {
  const line = text.replace(/\s+/g, ' ').replaceAll('`', '’').replaceAll('|', '\\|');
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
};

function textAt(source, { start, end }) {
  const lines = source.split('\n').slice(start.line - 1, end.line);
  const last = lines.length - 1;
  lines[last] = lines[last].slice(0, end.column - 1);
  lines[0] = lines[0].slice(start.column - 1);
  return lines.join('\n');
}

const percent = (part, whole) => (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`);

/**
 * @param reports paths of JSON reports, each of other files
 * @param commit which they were made of
 */
export async function writeReport(reports, out, commit) {
  const files = (
    await Promise.all(reports.map(async (file) => Object.entries(JSON.parse(await readFile(file, 'utf8')).files)))
  )
    .flat()
    .map(([name, { source, mutants }]) => {
      const tried = mutants.filter(({ status }) => TRIED.includes(status));
      const survivors = tried
        .filter(({ status }) => !NOTICED.includes(status))
        .sort(
          (a, b) => a.location.start.line - b.location.start.line || a.location.start.column - b.location.start.column,
        );
      return { name: name.replace(/^harness\/compare\//, ''), source, tried: tried.length, survivors };
    })
    .filter(({ tried }) => tried > 0)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const tried = files.reduce((sum, file) => sum + file.tried, 0);
  const survivors = files.flatMap((file) => file.survivors.map((mutant) => kindOf(mutant, file)));
  const noticed = tried - survivors.length;
  const kinds = Object.entries(KINDS).map(
    ([name, why]) => `| ${name} | ${survivors.filter((kind) => kind === name).length} | ${why} |`,
  );
  await writeFile(out, page({ tried, noticed, kinds, files, commit }));
}

const page = ({ tried, noticed, kinds, files, commit }) => `# Mutation testing

Written by \`npm run mutation\`, which changes the comparison (\`harness/compare\`) in one place at a time and runs the tests that reach the change.
Texts for people are left alone, and so is what runs once when a module is loaded. How it works: [decision 8](decisions/0008-mutation-and-decision-tables.md).

**${noticed} of ${tried} changes are noticed: ${percent(noticed, tried)}.** The goal is 90 %. Measured at ${commit}; the lines below are those of that commit.

## Changes that no test notices, by kind

| Kind | Changes | What is known |
|---|---|---|
${kinds.join('\n')}

## By file

| File | Changes | Noticed | |
|---|---|---|---|
${files.map(({ name, tried: all, survivors }) => `| ${name} | ${all} | ${all - survivors.length} | ${percent(all - survivors.length, all)} |`).join('\n')}

## One by one

${files
  .filter(({ survivors }) => survivors.length > 0)
  .map(
    (file) => `### ${file.name}

| Line | Code | becomes | Kind |
|---|---|---|---|
${file.survivors
  .map((mutant) => {
    const code = inOneLine(textAt(file.source, mutant.location));
    return `| ${mutant.location.start.line} | \`${code}\` | \`${inOneLine(mutant.replacement)}\` | ${kindOf(mutant, file)} |`;
  })
  .join('\n')}
`,
  )
  .join('\n')}`;
