import type { Readiness, Requirement, ScenarioHistory } from '../../../domain/history.ts';
import { counted } from '../../words/common.ts';
import { readyWord } from '../../words/waived.ts';
import { READINESS_WORDS } from './words.ts';

const TONES: Readonly<Record<string, string>> = {
  parity: 'status-met',
  inconclusive: 'status-unstable',
  mismatch: 'status-mismatch',
};

function daysWords(days: number): string {
  if (days > 0) return `${counted(days, 'day')} to the cutover`;
  return days === 0 ? 'The cutover is today' : `${counted(-days, 'day')} past the cutover`;
}

function sentence({ standing, since, earliest }: Readiness): string {
  if (standing === 'ready') return `All that the scenario demands has held since ${since}.`;
  const when = `If every night from now on is at parity, all is met on ${earliest}`;
  return standing === 'on-course' ? `${when}: in time.` : `${when}: after the cutover.`;
}

function Demand({ requirement: { met, says, earliest, inTime } }: { requirement: Requirement }) {
  return (
    <li>
      <span class={`status ${met ? 'status-met' : 'status-mismatch'}`}>
        <span class="glyph" aria-hidden="true">
          {met ? '✓' : '✗'}
        </span>{' '}
        <span>{met ? 'Met' : 'Not met'}</span>
      </span>{' '}
      <span>
        <Dated text={says} />
        {earliest !== null && (
          <span class="muted">
            {' '}
            · can be met on <Dated text={earliest} />
            {inTime ? '' : ', too late'}
          </span>
        )}
      </span>
    </li>
  );
}

/** All scenarios at a glance, where there are several. */
export function Overview({ scenarios }: { scenarios: readonly ScenarioHistory[] }) {
  if (scenarios.length < 2) return null;
  return (
    <nav class="card overview" aria-label="Scenarios">
      <ul>
        {scenarios.map((one, at) => {
          const { scenario, readiness, row } = one;
          const said = readiness === null ? null : READINESS_WORDS[readiness.standing];
          return (
            <li key={scenario}>
              <span class={`status ${said === null ? '' : TONES[said.tone]}`}>
                <span class="glyph" aria-hidden="true">
                  {said?.glyph ?? '–'}
                </span>{' '}
                <strong>{said === null ? 'No policy' : readyWord(said.word, one)}</strong>
              </span>{' '}
              <a href={`#s${at + 1}-verdict`}>
                <bdi>{scenario}</bdi>
              </a>{' '}
              <span class="muted">{counted(row.length, 'night')} at parity in a row</span>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

/** The first thing that is read of a scenario. */
export function ReadinessBand({ scenario, id }: { scenario: ScenarioHistory; id: string }) {
  const { readiness, row } = scenario;
  if (readiness === null) {
    return (
      <section class="verdict" aria-labelledby={`${id}-verdict ${id}-name`}>
        <p class="eyebrow">
          <bdi id={`${id}-name`}>{scenario.scenario}</bdi>
        </p>
        <h2 id={`${id}-verdict`} class="standing">
          {counted(row.length, 'night')} at parity in a row
        </h2>
        <p class="headline">
          The scenario states no <code>readiness</code>: nothing says what must hold before the cutover.
        </p>
      </section>
    );
  }
  const { glyph, word, tone } = READINESS_WORDS[readiness.standing];
  const waived = readyWord('', scenario).trim();
  return (
    <section class={`verdict verdict-${tone}`} aria-labelledby={`${id}-verdict ${id}-name`}>
      <p class="eyebrow">
        <bdi id={`${id}-name`}>{scenario.scenario}</bdi> · cutover {readiness.policy.cutover}
      </p>
      <h2 id={`${id}-verdict`} class="standing">
        <span class="glyph" aria-hidden="true">
          {glyph}
        </span>{' '}
        {word}
        {waived !== '' && <span class="waived-too"> {waived}</span>}
      </h2>
      <p class="headline">
        <strong>{daysWords(readiness.daysToCutover)}.</strong> <Dated text={sentence(readiness)} />
      </p>
      <ul class="demands">
        {readiness.requirements.map((requirement) => (
          <Demand key={requirement.name} requirement={requirement} />
        ))}
      </ul>
      {readiness.cautions.length > 0 && (
        <ul class="cautions">
          {readiness.cautions.map((caution) => (
            <li key={caution}>
              <span class="glyph" aria-hidden="true">
                !
              </span>{' '}
              <span>
                <Dated text={caution} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** A sentence whose dates do not break at their hyphens. */
const Dated = ({ text }: { text: string }) => (
  <>{text.split(/(\d{4}-\d{2}-\d{2})/).map((part, at) => (at % 2 === 0 ? part : <span class="date">{part}</span>))}</>
);
