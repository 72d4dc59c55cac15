/** One finding as text for an issue tracker, and the command that explains it on the terminal. */
import type { Finding, FindingStatement, RunResult } from '../../../domain/run-result.ts';
import { escaped } from '../../markdown/escape.ts';
import { moneyWords, notAtRisk, productOf, whoOf } from '../../words/finding.ts';
import type { ReportBasis, ReportEvidence } from '../data.ts';
import { curlOf } from '../view/curl.ts';

const NAME = 200;
const SENTENCE = 1000;

/** Safe in a POSIX shell: run ids and scenario names need no quotes, anything else gets them. */
const word = (text: string): string => (/^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

export const explainCommand = ({ id }: Pick<Finding, 'id'>, { run }: Pick<RunResult, 'run'>): string =>
  `parity explain ${id} --run ${word(`reports/${run.scenario}/${run.id}`)}`;

/** Looks at the finding's organisations again; null where they or their region are not known. The reader names the scenario file. */
export function againCommand({ orgs, region }: Pick<Finding, 'orgs' | 'region'>): string | null {
  if (orgs.length === 0 || region === null) return null;
  return `parity run SCENARIO.yaml --org ${orgs.map(({ id }) => word(`${region}/${id}`)).join(' ')}`;
}

function sideText(name: string, statement: FindingStatement | null, data: Pick<ReportEvidence, 'exchanges'>): string {
  if (statement === null) return '';
  const { evidence } = statement;
  const exchange = evidence === null ? undefined : data.exchanges[evidence.exchange];
  const lines = [
    `**${name}**: ${statement.value === null ? 'nothing stated' : escaped(statement.value, NAME)}`,
    evidence === null ? '' : `at ${evidence.at}, pointer \`${evidence.pointer.replaceAll('`', '')}\``,
    evidence?.correlationId == null ? '' : `correlation id \`${evidence.correlationId.replaceAll('`', '')}\``,
    exchange === undefined ? '' : `\n\`\`\`sh\n${curlOf(exchange)}\n\`\`\``,
  ];
  return lines
    .filter((line) => line !== '')
    .join(', ')
    .replace(', \n', '\n');
}

/** Markdown; what comes from the wire is escaped, and no credential stands in it. */
export function issueText(finding: Finding, data: Pick<ReportBasis, 'evidence' | 'result'>): string {
  const product = productOf(finding);
  const money = moneyWords(finding);
  const parts = [
    `### ${finding.rule}: ${escaped(whoOf(finding), NAME)}${product === null ? '' : `, ${escaped(product, NAME)}`}`,
    finding.reason === null ? '' : escaped(finding.reason, SENTENCE),
    money === '' ? '' : `${notAtRisk(finding) === null ? 'Money at risk' : 'Money'}: ${money}`,
    finding.rootCause === null ? '' : `Root cause: \`${finding.rootCause}\``,
    sideText('Legacy', finding.legacy, data.evidence),
    sideText('Contract', finding.contract, data.evidence),
    `Run \`${data.result.run.id}\` of ${escaped(data.result.run.scenario, NAME)}: \`${explainCommand(finding, data.result)}\``,
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** Writes the part of a run that is about one customer, to be passed on. */
export const partCommand = (orgs: Finding['orgs'], { run }: Pick<RunResult, 'run'>): string =>
  `parity report ${word(`reports/${run.scenario}/${run.id}`)} --only ${word(orgs.map(({ id }) => `org:${id}`).join(' '))} --out part-${run.id} --reporter html,csv,xlsx`;
