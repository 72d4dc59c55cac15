/**
 * What comes from others, as `npm run check` looks at it:
 *   - every dependency of package.json stands in docs/dependencies.md with its reason, and nothing else does;
 *   - every package of the lockfile comes from the registry in use (no address of its own, no git, no file) and has a checksum,
 *     but for optional binaries of other platforms;
 *   - `npm audit` knows of nothing of level "high" or above, in whatever is installed, development tools included.
 * A registry that cannot be asked is said plainly and does not fail the check: that is no finding, and no all-clear either.
 *
 * Options, for tests: --audit FILE (an answer of `npm audit --json`), --package FILE, --list FILE.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const LEVELS = ['info', 'low', 'moderate', 'high', 'critical'];
const LEVEL = 'high';

const root = fileURLToPath(new URL('..', import.meta.url));
const option = (name, otherwise) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : process.argv[at + 1];
};
const readText = (file) => readFileSync(path.resolve(root, file), 'utf8');

/** Packages with no line in the list, and lines with no package. */
function listFaults() {
  const { dependencies, devDependencies } = JSON.parse(readText(option('package', 'package.json')));
  const wanted = new Set(Object.keys({ ...dependencies, ...devDependencies }));
  const listed = new Map();
  for (const [, names, reason] of readText(option('list', 'docs/dependencies.md')).matchAll(
    /^\| (`.*?) \| (.*?) \|/gm,
  )) {
    for (const [, name] of names.matchAll(/`([^`]+)`/g)) listed.set(name, reason.trim());
  }
  return [
    ...[...wanted]
      .filter((name) => !listed.get(name))
      .map((name) => `docs/dependencies.md gives no reason for ${name}`),
    ...[...listed.keys()]
      .filter((name) => !wanted.has(name))
      .map((name) => `docs/dependencies.md lists ${name}, which package.json does not have`),
  ];
}

function lockFaults() {
  const { packages } = JSON.parse(readText('package-lock.json'));
  return Object.entries(packages).flatMap(([name, { resolved, integrity, link, inBundle, optional }]) => {
    if (name === '' || link || inBundle) return [];
    // Left out (.npmrc): from whatever registry is configured; the checksum says that it is the same package.
    if (resolved !== undefined) return [`package-lock.json: ${name} comes from ${resolved}`];
    // Binaries for other machines than the one that wrote the lockfile.
    return integrity === undefined && !optional ? [`package-lock.json: ${name} has no checksum`] : [];
  });
}

/** The report of npm, or why there is none. */
function audit() {
  const file = option('audit', null);
  const text =
    file === null
      ? spawnSync('npm', ['audit', '--json'], { cwd: root, encoding: 'utf8', shell: process.platform === 'win32' })
          .stdout
      : readText(file);
  try {
    const report = JSON.parse(text);
    if (report.vulnerabilities !== undefined) return { report };
    return { unknown: report.message ?? report.error?.summary ?? 'no report' };
  } catch {
    return { unknown: 'npm gave no report' };
  }
}

function auditFaults({ vulnerabilities }) {
  return Object.values(vulnerabilities)
    .filter(({ severity }) => LEVELS.indexOf(severity) >= LEVELS.indexOf(LEVEL))
    .map(({ name, severity, range, via }) => {
      const [first] = via.filter((one) => typeof one === 'object');
      return `${name} ${range}: ${severity}${first === undefined ? '' : `, ${first.title} (${first.url})`}`;
    });
}

const faults = [...listFaults(), ...lockFaults()];
const { report, unknown } = audit();
if (report === undefined) {
  console.warn(
    `warning: npm audit could not be asked: ${unknown}\n  → Known vulnerabilities were NOT looked for. Nothing else is wrong with that.`,
  );
} else {
  faults.push(...auditFaults(report));
  const below = Object.keys(report.vulnerabilities).length;
  if (faults.length === 0)
    console.log(`npm audit: nothing of level ${LEVEL} or above${below === 0 ? '' : `; ${below} below it`}`);
}
for (const fault of faults.slice(0, 20)) console.error(`error: ${fault}`);
if (faults.length > 20) console.error(`… and ${faults.length - 20} more`);
if (faults.length === 0) console.log('dependencies: each has its reason and its checksum');
process.exitCode = faults.length === 0 ? 0 : 1;
