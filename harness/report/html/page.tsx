/** The whole page as static HTML; script only adds to it. */
import { renderToString } from 'preact-render-to-string';
import { limitWords } from '../compared-words.ts';
import { noMoneyWords } from '../triage/no-money.ts';
import { triageOf } from '../triage/triage.ts';
import { verdictWord } from '../waived-words.ts';
import type { Assets } from './assets.ts';
import { contentSecurityPolicy } from './csp.ts';
import {
  DATA_ELEMENT,
  type EmbeddedData,
  ENCODING_ATTRIBUTE,
  EVIDENCE_ELEMENT,
  FINDINGS_ELEMENT,
  type ReportData,
  STATEMENT_DATA_ELEMENT,
} from './data.ts';
import { embed } from './embed.ts';
import { escaped } from './escaped.ts';
import { pack } from './find/pack.ts';
import { packStatement } from './find/statement.ts';
import type { Pictures as AllPictures } from './pictures/pictures.ts';
import { Accounts } from './view/accounts.tsx';
import { Causes } from './view/causes.tsx';
import { Coverage } from './view/coverage.tsx';
import { ExtractHead } from './view/extract-head.tsx';
import { Gates } from './view/gates.tsx';
import { Masthead } from './view/masthead.tsx';
import { MoneyAtRisk } from './view/money.tsx';
import { Drift, Notes } from './view/notes.tsx';
import { Organisations } from './view/organisations.tsx';
import { Pictures } from './view/pictures/pictures.tsx';
import { Rules } from './view/rules.tsx';
import { RunFacts } from './view/run-facts.tsx';
import { Statement } from './view/statement.tsx';
import { StaticFindings } from './view/static-findings.tsx';
import { TieOut } from './view/tie-out.tsx';
import { VerdictBand } from './view/verdict.tsx';
import { Waivers } from './view/waivers.tsx';
import { isAlone } from './view/words.ts';

const ICON_COLOURS = { parity: '1a7f45', mismatch: 'b3261e', inconclusive: '8a5a00' } as const;

const icon = (verdict: keyof typeof ICON_COLOURS): string =>
  `data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='4' fill='%23${ICON_COLOURS[verdict]}'/%3E%3Cpath d='M4 6h8M4 10h8' stroke='%23fff' stroke-width='2' stroke-linecap='round'/%3E%3C/svg%3E`;

function FirstScreen({ data }: { data: ReportData }) {
  const { result, findings } = data;
  const triage = triageOf(result, findings);
  return (
    <div class="first-screen">
      <div class="stack">
        <VerdictBand data={data} triage={triage} />
        <MoneyAtRisk result={result} none={noMoneyWords(result, triage)} />
      </div>
      <div class="stack">
        <Gates gate={result.gate} />
        <Coverage result={result} />
        <Organisations orgs={result.orgs} alone={isAlone(result)} />
      </div>
    </div>
  );
}

const knowsBills = ({ tieOut = [] }: ReportData['result']): boolean => tieOut.length > 0;

/** Whether all that was read is accounted for, and all that is billed ties out. */
function Books({ data: { result } }: { data: ReportData }) {
  if (!knowsBills(result) && (result.accounts ?? []).length === 0) return null;
  return (
    <div class="books">
      <TieOut result={result} hasStatement={knowsBills(result)} />
      <Accounts result={result} />
    </div>
  );
}

/** What stands in the tab of the browser: no verdict without what it does not speak of. */
function titleOf({ result, extract }: ReportData): string {
  const limits = limitWords(result);
  const word = `${verdictWord(result)}${limits === '' ? '' : ` (${limits})`}`;
  return `${extract === null ? word : 'Extract'} · ${result.run.scenario} · Cutover Parity`;
}

function Body({ data, pictures }: { data: ReportData; pictures: AllPictures }) {
  const { result } = data;
  return (
    <>
      <a class="skip" href="#findings">
        Skip to findings
      </a>
      <Masthead run={result.run} />
      <main>
        {data.extract === null ? <FirstScreen data={data} /> : <ExtractHead data={data} query={data.extract} />}
        <Waivers findings={data.findings} />
        <Books data={data} />
        <Causes data={data} />
        <Pictures pictures={pictures} />
        <section class="findings" aria-labelledby="findings">
          <h2 id="findings" tabIndex={-1}>
            Findings
          </h2>
          <div id={FINDINGS_ELEMENT}>
            <StaticFindings data={data} />
          </div>
        </section>
        <Statement rows={data.statement} known={knowsBills(result)} />
        <div class="abouts">
          <Rules rules={data.rules} />
          <Notes notes={result.notes} />
          <Drift drift={result.drift} />
          <RunFacts result={result} excerptNote={data.excerptNote} />
        </div>
      </main>
      <footer class="foot muted">
        {result.tool.name} {result.tool.version} · run {result.run.id}
      </footer>
    </>
  );
}

/** The page in parts, so that a large one need not be one text. */
export function* renderPage(data: ReportData, pictures: AllPictures, assets: Assets): Iterable<string> {
  const { findings, evidence, statement, ...frame } = data;
  const embedded = embed({ ...frame, findings: pack(findings) } satisfies EmbeddedData);
  const behind = embed(evidence);
  const bills = embed(packStatement(statement));
  yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n';
  yield `<meta http-equiv="Content-Security-Policy" content="${escaped(contentSecurityPolicy(assets))}">\n`;
  yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n';
  yield '<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">\n';
  yield `<title>${escaped(titleOf(data))}</title>\n`;
  yield `<link rel="icon" href="${icon(data.result.verdict)}">\n<style>${assets.style}</style>\n</head>\n<body>\n`;
  yield renderToString(<Body data={data} pictures={pictures} />);
  yield `\n<script type="${embedded.type}" id="${DATA_ELEMENT}" ${ENCODING_ATTRIBUTE}="${embedded.encoding}">`;
  yield embedded.text;
  yield `</script>\n<script type="${behind.type}" id="${EVIDENCE_ELEMENT}" ${ENCODING_ATTRIBUTE}="${behind.encoding}">`;
  yield behind.text;
  yield `</script>\n<script type="${bills.type}" id="${STATEMENT_DATA_ELEMENT}" ${ENCODING_ATTRIBUTE}="${bills.encoding}">`;
  yield bills.text;
  yield `</script>\n<script>${assets.script}</script>\n</body>\n</html>\n`;
}
