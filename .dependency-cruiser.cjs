/** Imports point downward only; ARCHITECTURE.md says why. */
const inside = (folder) => `^harness/${folder}/`;
const notTest = { pathNot: '\\.(test|spec|bench)\\.tsx?$|/testing/' };
const forbid = (name, comment, from, to) => ({
  name,
  comment,
  severity: 'error',
  from: { ...notTest, path: from },
  to: { path: to },
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
    forbid('domain-is-the-ground', 'domain imports nothing of ours', inside('domain'), '^harness/(?!domain/)'),
    forbid('scenario-knows-domain-only', '', inside('scenario'), '^harness/(?!domain/|scenario/)'),
    forbid('compare-knows-domain-only', '', inside('compare'), '^harness/(?!domain/|compare/)'),
    forbid('scope-stands-alone', 'who is compared', inside('compare/scope'), '^harness/compare/(?!scope/)'),
    forbid(
      'pairs-stand-on-scope',
      'what stands against what',
      inside('compare/pairs'),
      '^harness/compare/(?!scope/|pairs/)',
    ),
    forbid(
      'rules-judge-nothing',
      'a rule observes; the judge, the causes and the families come after',
      inside('compare/rules'),
      '^harness/compare/(judging|rereading|causes|families)/',
    ),
    forbid(
      'rereading-stands-on-rules',
      '',
      inside('compare/rereading'),
      '^harness/compare/(?!scope/|pairs/|rules/|rereading/)',
    ),
    forbid('judging-below-causes', '', inside('compare/judging'), '^harness/compare/(causes|conservation|families)/'),
    forbid(
      'causes-below-families',
      '',
      inside('compare/causes'),
      '^harness/compare/(conservation|families|rereading)/',
    ),
    forbid(
      'report-knows-domain-only',
      'a report is made from results alone',
      inside('report'),
      '^harness/(?!domain/|report/)',
    ),
    forbid('history-knows-domain-only', '', inside('history'), '^harness/(?!domain/|history/)'),
    forbid('http-knows-domain-only', '', inside('http'), '^harness/(?!domain/|http/)'),
    forbid('archive-knows-http-and-domain', '', inside('archive'), '^harness/(?!domain/|http/|archive/)'),
    forbid('sources-stand-on-http', '', inside('sources'), '^harness/(?!domain/|http/|sources/)'),
    ...['usage-api', 'partner-billing', 'contract-api'].map((source) =>
      forbid(
        `${source}-alone`,
        'sources do not import each other',
        inside(`sources/${source}`),
        `^harness/sources/(?!${source}/)[^/]+/`,
      ),
    ),
    forbid(
      'sandbox-is-independent',
      'or one bug would stand on both sides and cancel out',
      inside('sandbox'),
      '^harness/(?!domain/|sandbox/|sources/[^/]+/wire(\\.ts|/))',
    ),
    forbid('runner-below-commands', '', inside('runner'), '^harness/(commands|playwright|cli)'),
    forbid('commands-below-cli', '', inside('commands'), '^harness/(playwright|cli)'),
    forbid(
      'cli-through-commands',
      'the CLI holds no work of its own',
      '^harness/cli\\.ts$',
      '^harness/(?!commands/|domain/)',
    ),
    forbid('playwright-front-end', '', inside('playwright'), '^harness/(cli|sandbox)'),
    {
      name: 'tests-stay-tests',
      severity: 'error',
      from: notTest,
      to: { path: '\\.(test|spec|bench)\\.tsx?$|/testing/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    exclude: { path: '^dist/' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.json'],
      conditionNames: ['import', 'types', 'node', 'default'],
      exportsFields: ['exports'],
    },
  },
};
