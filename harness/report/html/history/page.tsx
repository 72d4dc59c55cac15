/** The history as one page. */
import type { History, ScenarioHistory } from '../../../domain/history.ts';
import { counted } from '../../words/common.ts';
import { Frame } from '../static-page.tsx';
import { CausesByNight } from './causes.tsx';
import { Customers } from './customers.tsx';
import { Money } from './money.tsx';
import { Cycles, Nights } from './nights.tsx';
import { Percentages } from './percentages.tsx';
import { Overview, ReadinessBand } from './readiness.tsx';
import { NotCounted, Story, Waivers } from './story.tsx';

function Scenario({ scenario, id }: { scenario: ScenarioHistory; id: string }) {
  const { nights, cycles, causes, events, waivers, customers } = scenario;
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
      <Customers customers={customers} id={id} />
      <Story events={events} id={id} />
      <Waivers waivers={waivers} id={id} />
    </div>
  );
}

export const HistoryBody = ({ history, version }: { history: History; version: string }) => (
  <Frame
    heading="History"
    version={version}
    about={
      <>
        {counted(history.runs, 'night')} in {counted(history.scenarios.length, 'scenario')}, as of{' '}
        <time dateTime={history.today}>{history.today}</time>
      </>
    }
  >
    <Overview scenarios={history.scenarios} />
    {history.scenarios.map((scenario, at) => (
      <Scenario key={scenario.scenario} scenario={scenario} id={`s${at + 1}`} />
    ))}
    <NotCounted leftOut={history.leftOut} />
  </Frame>
);
