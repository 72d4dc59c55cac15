/** The history as one page of static HTML, without any script. */
import { renderToString } from 'preact-render-to-string';
import type { History, ScenarioHistory } from '../../../domain/history.ts';
import { contentSecurityPolicy } from '../csp.ts';
import { escaped } from '../escaped.ts';
import { Logo } from '../view/logo.tsx';
import { counted } from '../view/words.ts';
import { CausesByNight } from './causes.tsx';
import { Money } from './money.tsx';
import { Cycles, Nights } from './nights.tsx';
import { Percentages } from './percentages.tsx';
import { Overview, ReadinessBand } from './readiness.tsx';
import { NotCounted, Story, Waivers } from './story.tsx';

function Scenario({ scenario, id }: { scenario: ScenarioHistory; id: string }) {
  const { nights, cycles, causes, events, waivers } = scenario;
  return (
    <div class="scenario-history">
      <div class="first-screen">
        <div class="stack">
          <ReadinessBand scenario={scenario} id={id} />
        </div>
        <div class="stack">
          <Nights nights={nights} id={id} />
          <Cycles cycles={cycles} id={id} />
        </div>
      </div>
      <div class="pictures">
        <Percentages nights={nights} id={id} />
        <Money nights={nights} id={id} />
      </div>
      <CausesByNight nights={nights} causes={causes} id={id} />
      <Story events={events} id={id} />
      <Waivers waivers={waivers} id={id} />
    </div>
  );
}

function Body({ history, version }: { history: History; version: string }) {
  return (
    <>
      <header class="masthead">
        <p class="product">
          <Logo />
          <strong>Cutover Parity</strong>
        </p>
        <h1 class="page-title">History</h1>
        <p class="muted">
          {counted(history.runs, 'night')} in {counted(history.scenarios.length, 'scenario')}, as of{' '}
          <time dateTime={history.today}>{history.today}</time>
        </p>
      </header>
      <main>
        <Overview scenarios={history.scenarios} />
        {history.scenarios.map((scenario, at) => (
          <Scenario key={scenario.scenario} scenario={scenario} id={`s${at + 1}`} />
        ))}
        <NotCounted leftOut={history.leftOut} />
      </main>
      <footer class="foot muted">cutover-parity {version}</footer>
    </>
  );
}

/** @param style the report's style sheet */
export function* renderHistoryPage(history: History, style: string, version: string): Iterable<string> {
  yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n';
  yield `<meta http-equiv="Content-Security-Policy" content="${escaped(contentSecurityPolicy({ style }))}">\n`;
  yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n';
  yield '<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">\n';
  yield `<title>History as of ${history.today} · Cutover Parity</title>\n`;
  yield `<style>${style}</style>\n</head>\n<body>\n`;
  yield renderToString(<Body history={history} version={version} />);
  yield '\n</body>\n</html>\n';
}
