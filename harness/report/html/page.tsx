/** The whole page as static HTML; script only adds to it. */
import { renderToString } from 'preact-render-to-string';
import { noMoneyWords } from '../triage/no-money.ts';
import { type Triage, triageOf } from '../triage/triage.ts';
import { isAlone } from '../words/common.ts';
import { limitWords } from '../words/compared.ts';
import { verdictWord } from '../words/waived.ts';
import type { Assets } from './assets.ts';
import { contentSecurityPolicy } from './csp.ts';
import {
  DATA_ELEMENT,
  ENCODING_ATTRIBUTE,
  EVIDENCE_ELEMENT,
  FINDINGS_ELEMENT,
  type ReportData,
  STATEMENT_DATA_ELEMENT,
} from './data.ts';
import { embed } from './embed.ts';
import { escaped } from './escaped.ts';
import { checksOfAll } from './find/checks-by-rule.ts';
import { type Customer, customersOf } from './find/customers.ts';
import { packFrame } from './find/frame-pack.ts';
import { packStatement } from './find/statement.ts';
import type { PictureData as AllPictures } from './picture-data/picture-data.ts';
import { Accounts } from './view/accounts.tsx';
import { Causes } from './view/causes.tsx';
import { ChecksTable } from './view/checks.tsx';
import { Coverage } from './view/coverage.tsx';
import { Customers } from './view/customer.tsx';
import { ExtractHead } from './view/extract-head.tsx';
import { Gates } from './view/gates.tsx';
import { Masthead } from './view/masthead.tsx';
import { MoneyAtRisk } from './view/money.tsx';
import { NotLookedAt } from './view/not-looked-at.tsx';
import { Drift, Notes } from './view/notes.tsx';
import { Obstacles } from './view/obstacles.tsx';
import { Organisations } from './view/organisations.tsx';
import { Pictures } from './view/pictures/pictures.tsx';
import { PrintedFindings } from './view/printed-findings.tsx';
import { Rules } from './view/rules.tsx';
import { RunFacts } from './view/run-facts.tsx';
import { SignOff } from './view/sign-off.tsx';
import { Statement } from './view/statement.tsx';
import { StaticFindings } from './view/static-findings.tsx';
import { TieOut } from './view/tie-out.tsx';
import { VerdictBand } from './view/verdict.tsx';
import { Waivers } from './view/waivers.tsx';
import { Why } from './view/why.tsx';

const ICON_COLOURS = { parity: '1a7f45', mismatch: 'b3261e', inconclusive: '8a5a00' } as const;

const icon = (verdict: keyof typeof ICON_COLOURS): string =>
  `data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='4' fill='%23${ICON_COLOURS[verdict]}'/%3E%3Cpath d='M4 6h8M4 10h8' stroke='%23fff' stroke-width='2' stroke-linecap='round'/%3E%3C/svg%3E`;

interface ReportProps {
  readonly data: ReportData;
  readonly triage: Triage;
}

/** Answers five questions: may we go, how much money, whose, why, and what was not looked at. */
function FirstScreen({ data, triage, customers }: ReportProps & { customers: readonly Customer[] }) {
  const { result } = data;
  return (
    <div class="first-screen">
      <VerdictBand data={data} triage={triage} />
      <div class="answers">
        <MoneyAtRisk result={result} none={noMoneyWords(result, triage)} />
        <Organisations orgs={result.orgs} alone={isAlone(result)} customers={customers} />
        <Why data={data} />
        <NotLookedAt data={data} />
      </div>
    </div>
  );
}

const AllFindings = ({ data: { findings } }: { data: ReportData }) => (
  <PrintedFindings findings={findings} total={findings.length} meant={findings.length} chosen={null} />
);

/** Of a customer's pack: all its checks, with those that match. */
function AllChecks({ data: { findings, passed } }: { data: ReportData }) {
  const rows = checksOfAll(findings, passed);
  if (rows.length === 0) return null;
  return (
    <section class="checks" aria-labelledby="checks">
      <h2 id="checks">Checks</h2>
      <ChecksTable rows={rows} label="All checks by rule" />
    </section>
  );
}

/** What had to hold, and what stands in the way. */
function Judged({ data, triage }: ReportProps) {
  return (
    <div class="judged">
      <Obstacles data={data} triage={triage} />
      <div class="stack">
        <Gates gate={data.result.gate} />
        <Coverage result={data.result} />
      </div>
    </div>
  );
}

const knowsBills = ({ tieOut = [] }: ReportData['result']): boolean => tieOut.length > 0;

/** A customer's pack has bills and no sums of the run. */
const hasStatement = ({ result, extract, statement }: ReportData): boolean =>
  knowsBills(result) || (extract !== null && statement.length > 0);

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

interface BodyProps {
  readonly data: ReportData;
  readonly pictures: AllPictures;
  readonly customers: readonly Customer[];
  /** To be printed: with all findings, and nothing that waits for script. */
  readonly paper: boolean;
}

function Body({ data, pictures, customers, paper }: BodyProps) {
  const { result } = data;
  const triage = triageOf(result, data.findings);
  return (
    <>
      <a class="skip" href="#findings">
        Skip to findings
      </a>
      <Masthead run={result.run} />
      <main>
        {data.extract === null ? (
          <>
            <FirstScreen data={data} triage={triage} customers={customers} />
            <Judged data={data} triage={triage} />
          </>
        ) : (
          <ExtractHead data={data} query={data.extract} />
        )}
        <Books data={data} />
        <Statement rows={data.statement} known={hasStatement(data)} paper={paper} />
        <Waivers findings={data.findings} />
        <Causes data={data} />
        <Customers customers={customers} paper={paper} />
        {data.extract !== null && data.passed !== null && <AllChecks data={data} />}
        <section class="findings" aria-labelledby="findings">
          <h2 id="findings" tabIndex={-1}>
            Findings
          </h2>
          <div id={FINDINGS_ELEMENT}>{paper ? <AllFindings data={data} /> : <StaticFindings data={data} />}</div>
        </section>
        <Pictures pictures={pictures} />
        <div class="abouts">
          <Rules rules={data.rules} />
          <Notes notes={result.notes} />
          <Drift drift={result.drift} />
          <RunFacts result={result} excerptNote={data.excerptNote} />
        </div>
        {data.extract === null && <SignOff result={result} />}
      </main>
      <footer class="foot muted">
        {result.tool.name} {result.tool.version} · run {result.run.id}
      </footer>
    </>
  );
}

function* head(data: ReportData, assets: Partial<Assets> & Pick<Assets, 'style'>): Iterable<string> {
  yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n';
  yield `<meta http-equiv="Content-Security-Policy" content="${escaped(contentSecurityPolicy(assets))}">\n`;
  yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n';
  yield '<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">\n';
  yield `<title>${escaped(titleOf(data))}</title>\n`;
  yield `<link rel="icon" href="${icon(data.result.verdict)}">\n<style>${assets.style}</style>\n</head>\n<body>\n`;
}

/** The page in parts, so that a large one need not be one text. */
export function* renderPage(data: ReportData, pictures: AllPictures, assets: Assets): Iterable<string> {
  const { findings, evidence, statement, passed, runsBefore, ...frame } = data;
  const customers = customersOf(findings, statement, passed, runsBefore);
  const embedded = embed(packFrame(frame, findings));
  const behind = embed(evidence);
  const bills = embed(packStatement(statement, customers));
  yield* head(data, assets);
  yield renderToString(<Body data={data} pictures={pictures} customers={customers} paper={false} />);
  yield `\n<script type="${embedded.type}" id="${DATA_ELEMENT}" ${ENCODING_ATTRIBUTE}="${embedded.encoding}">`;
  yield embedded.text;
  yield `</script>\n<script type="${behind.type}" id="${EVIDENCE_ELEMENT}" ${ENCODING_ATTRIBUTE}="${behind.encoding}">`;
  yield behind.text;
  yield `</script>\n<script type="${bills.type}" id="${STATEMENT_DATA_ELEMENT}" ${ENCODING_ATTRIBUTE}="${bills.encoding}">`;
  yield bills.text;
  yield `</script>\n<script>${assets.script}</script>\n</body>\n</html>\n`;
}

/** The page for paper: all findings in it, and no script. */
export function* renderPaper(data: ReportData, pictures: AllPictures, { style }: Assets): Iterable<string> {
  const customers = customersOf(data.findings, data.statement, data.passed, data.runsBefore);
  yield* head(data, { style: `${style}\n${pageFooter(data.result.run)}` });
  yield renderToString(<Body data={data} pictures={pictures} customers={customers} paper />);
  yield '\n</body>\n</html>\n';
}

/** Stands at the foot of each page, so that a single sheet says which run it is of. */
const pageFooter = ({ scenario, id }: ReportData['result']['run']): string =>
  `@page{@bottom-left{content:${cssText(`${scenario} · run ${id}`)}}}`;

/** A string of CSS: what is no letter, digit or space is escaped by its code. */
const cssText = (text: string): string =>
  `"${text.replaceAll(/[^\p{L}\p{N} ]/gu, (sign) => `\\${sign.codePointAt(0)?.toString(16)} `)}"`;
