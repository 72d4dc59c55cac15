/** docs/mutation.md from StrykerJS's reports: the score of each file, and every change that no test noticed, with what is known of it. */
import { readFile, writeFile } from 'node:fs/promises';

const NOTICED = ['Killed', 'Timeout'];
const TRIED = [...NOTICED, 'Survived', 'NoCoverage'];
const LONGEST = 100;

/**
 * What is known of changes that survive, by what they are. Only these kinds have been looked at one by one; of the others a test
 * may still be missing.
 */
const KINDS = [
  {
    name: 'never absent',
    why: 'the type allows nothing to be there (an index, a map), and what is asked for always is: written before it is read',
    is: ({ mutatorName }) => mutatorName === 'OptionalChaining',
  },
  {
    name: 'fallback',
    why: 'what stands in where nothing is found, at a place where something always is',
    is: ({ mutatorName, status, replacement }) =>
      status === 'NoCoverage' && (mutatorName === 'ObjectLiteral' || replacement === '["Stryker was here"]'),
  },
];
const OPEN = { name: 'open', why: 'a test may be missing' };

const kindOf = (mutant) => KINDS.find(({ is }) => is(mutant)) ?? OPEN;

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

/** @param reports paths of JSON reports, each of other files */
export async function writeReport(reports, out) {
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
  const survivors = files.flatMap((file) => file.survivors);
  const noticed = tried - survivors.length;
  const kinds = [...KINDS, OPEN].map(({ name, why }) => {
    const count = survivors.filter((mutant) => kindOf(mutant).name === name).length;
    return `| ${name} | ${count} | ${why} |`;
  });
  await writeFile(out, page({ tried, noticed, kinds, files }));
}

const page = ({ tried, noticed, kinds, files }) => `# Mutation testing

Written by \`npm run mutation\`, which changes the comparison (\`harness/compare\`) in one place at a time and runs the tests that reach the change.
Texts for people are left alone, and so is what runs once when a module is loaded. How it works: [decision 8](decisions/0008-mutation-and-decision-tables.md).

**${noticed} of ${tried} changes are noticed: ${percent(noticed, tried)}.** The goal is 90 %.

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
    ({ name, source, survivors }) => `### ${name}

| Line | Code | becomes | Kind |
|---|---|---|---|
${survivors
  .map((mutant) => {
    const code = inOneLine(textAt(source, mutant.location));
    return `| ${mutant.location.start.line} | \`${code}\` | \`${inOneLine(mutant.replacement)}\` | ${kindOf(mutant).name} |`;
  })
  .join('\n')}
`,
  )
  .join('\n')}`;
