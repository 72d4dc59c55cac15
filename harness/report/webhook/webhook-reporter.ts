/**
 * webhook.json: one body for Slack (`text`, `blocks`) and for Teams' Workflows (`type`, `attachments`), for the CI to post. It
 * names no customer: a channel has other readers than a report.
 */
import { join } from 'node:path';
import { unnamed } from '../../domain/alike.ts';
import type { Finding, RunResult } from '../../domain/run-result.ts';
import { writeAtomically } from '../atomic-write.ts';
import type { Reporter } from '../reporter.ts';
import type { TriagePoint } from '../triage/point.ts';
import { triageOf } from '../triage/triage.ts';
import { amountsOf, byResidual, tieOutWords, unknownMoneyWords } from '../words/books.ts';
import { capital, counted, grouped, isAlone, sentence, verdictWords } from '../words/common.ts';
import { limitWords } from '../words/compared.ts';
import { closing } from '../words/headline.ts';
import { safeText, shortened } from '../words/safe-text.ts';
import { ledgerOf, verdictWord, waivedAmounts } from '../words/waived.ts';

export const webhookReporter: Reporter = {
  name: 'webhook',
  async write({ out, result, findings }) {
    const file = join(out, 'webhook.json');
    await writeAtomically(file, [`${JSON.stringify(bodyOf(result, findings), null, 2)}\n`]);
    return [file];
  },
};

/** Characters that Slack takes in a section. */
const SECTION = 3000;
const MOST_CAUSES = 5;
const MOST_WAIVERS = 5;
const MOST_CHECKS = 6;
const MOST_CURRENCIES = 10;
/** Long lines: more would leave no room for what follows. */
const MOST_TIE_OUTS = 5;
const WIDTH = 150;

type Fact = readonly [name: string, value: string];

function bodyOf(result: RunResult, findings: readonly Finding[]) {
  const { glyph } = verdictWords(result);
  const word = verdictWord(result);
  const limits = limitWords(result);
  // What was not compared stands before the name, which may be long and is cut.
  const title = `${glyph} ${word}${limits === '' ? '' : ` (${limits})`}: ${shortened(result.run.scenario, WIDTH)}`;
  const lines = firstLines(result, findings);
  const facts = factsOf(result, findings);
  return {
    text: slackText(`${title}\n${lines.join('\n')}`),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: shortened(title, 150), emoji: false } },
      { type: 'section', text: { type: 'mrkdwn', text: slackText(lines.join('\n')).slice(0, SECTION) } },
      {
        type: 'section',
        text: {
          type: 'mrkdwn',
          text: slackFacts(facts),
        },
      },
    ],
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          body: [
            { type: 'TextBlock', text: title, size: 'Large', weight: 'Bolder', wrap: true },
            ...lines.map((text) => ({ type: 'TextBlock', text, wrap: true })),
            { type: 'FactSet', facts: facts.map(([name, value]) => ({ title: name, value })) },
          ],
        },
      },
    ],
  };
}

/** Which kind of outcome it is, each reason with its remedy, and how much was left; names and ids of customers left out. */
function firstLines(result: RunResult, findings: readonly Finding[]): readonly string[] {
  const triage = triageOf(result, findings);
  const names = findings.flatMap(({ orgs }) =>
    orgs.flatMap(({ id, name }) => (name === null ? [id] : [id, safeText(name)])),
  );
  const point = ({ words, request }: TriagePoint): string =>
    unnamed(`${words}${request === null ? '' : ` ${request.replace(/ \(.*\)$/, '')}`}`, names);
  return [sentence(capital(triage.title)), ...triage.points.map(point), closing(result, findings, triage)];
}

/** The three characters that Slack reads as markup of its own, so that nobody is notified by a name. */
const slackText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** As many as fit into one section. */
function slackFacts(facts: readonly Fact[]): string {
  let text = '';
  for (const [name, value] of facts) {
    const line = `*${slackText(name)}:* ${slackText(value)}\n`;
    if (text.length + line.length > SECTION) break;
    text += line;
  }
  return text.trimEnd();
}

/** Beside the sums what none of them holds, and apart from them what is waived. */
function moneyFacts(result: RunResult): Fact[] {
  const { moneyAtRisk, moneyWaived = [], tieOut = [] } = result;
  const unknown = unknownMoneyWords(result);
  const waived = amountsOf(moneyWaived).slice(0, MOST_CURRENCIES);
  return [
    ...moneyAtRisk
      .slice(0, MOST_CURRENCIES)
      .map(
        ({ currency, underBilled, overBilled }): Fact => [
          `At risk, ${currency}`,
          `${grouped(underBilled)} under-billed, ${grouped(overBilled)} over-billed`,
        ],
      ),
    ...(unknown === null ? [] : [['In no sum', unknown.replace(/^and /, '')] as const]),
    ...(waived.length === 0 ? [] : [['Waived', waived.join(', ')] as const]),
    ...byResidual(tieOut)
      .slice(0, MOST_TIE_OUTS)
      .map((row): Fact => [`Tie-out, ${row.currency}`, tieOutWords(row)]),
    ...(tieOut.length > MOST_TIE_OUTS
      ? [['Tie-out', `and ${tieOut.length - MOST_TIE_OUTS} more currencies in the report`] as const]
      : []),
  ];
}

/** Owner and ticket are the reader's own; what a reason says of a customer stays in the report. */
function waiverFacts(findings: readonly Finding[]): Fact[] {
  const entries = ledgerOf(findings);
  const facts = entries.slice(0, MOST_WAIVERS).map(({ waiver, findings: covered, money }): Fact => {
    const amounts = waivedAmounts(money);
    const facts = [waiver.owner, waiver.ticket, counted(covered, 'finding'), amounts === '' ? 'no money' : amounts];
    return [`Waived until ${waiver.expires}`, shortened(facts.filter((part) => part !== null).join(', '), WIDTH)];
  });
  const more = entries.length - facts.length;
  return more > 0 ? [...facts, ['Waived', `and ${counted(more, 'more waiver')} in the report`]] : facts;
}

function factsOf(result: RunResult, findings: readonly Finding[]): Fact[] {
  const { gate, orgs, rootCauses, unexplained, run } = result;
  const missed = gate.checks.filter(({ met }) => !met);
  return [
    [
      isAlone(result) ? 'Organisations without a finding' : 'Organisations at parity',
      `${grouped(orgs.atParity)} of ${grouped(orgs.expected)}`,
    ],
    ...missed
      .slice(0, MOST_CHECKS)
      .map(({ name, limit, actual }): Fact => [`${name} not met`, `${actual}, limit ${limit}`]),
    ...moneyFacts(result),
    ...waiverFacts(findings),
    ...rootCauses
      .slice(0, MOST_CAUSES)
      .map(
        ({ title, sku, explains, of }): Fact => [
          'Root cause',
          shortened(`${title}${sku === null ? '' : ` (${sku})`}: ${explains} of ${of} mismatches`, WIDTH),
        ],
      ),
    ...(rootCauses.length > 0 ? [['Unexplained mismatches', grouped(unexplained)] as const] : []),
    ['Run', run.id],
  ];
}
