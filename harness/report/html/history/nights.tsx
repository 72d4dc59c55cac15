import type { Cycle, Night } from '../../../domain/history.ts';
import { counted, grouped } from '../../words/common.ts';
import { AsTable } from './plot.tsx';
import { CYCLE_WORDS, NIGHT_WORDS, type StandingWord, statusClass } from './words.ts';

function StandingBadge({ word, name }: { word: StandingWord; name: string }) {
  return (
    <span class={`status ${name}`}>
      <span class="glyph" aria-hidden="true">
        {word.glyph}
      </span>{' '}
      <span>{word.word}</span>
    </span>
  );
}

function Square({ night: { date, standing } }: { night: Night }) {
  const { glyph, word } = NIGHT_WORDS[standing];
  return (
    <li class={`square square-${standing}`}>
      <span class="square-day" aria-hidden="true">
        {date.slice(8)}
      </span>{' '}
      <span aria-hidden="true">{glyph}</span>{' '}
      <span class="unseen">
        {date} {word}
      </span>
    </li>
  );
}

const monthName = (month: string): string =>
  new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${month}-01T00:00:00Z`),
  );

function NightsTable({ nights }: { nights: readonly Night[] }) {
  return (
    <table class="plain">
      <thead>
        <tr>
          <th scope="col">Night</th>
          <th scope="col">Verdict</th>
          <th scope="col" class="number">
            Mismatches
          </th>
          <th scope="col" class="number">
            Root causes
          </th>
          <th scope="col" class="number">
            Waived
          </th>
          <th scope="col" class="number">
            Organisations at parity
          </th>
          <th scope="col">Folder of the run</th>
        </tr>
      </thead>
      <tbody>
        {nights.map(({ date, standing, run }) => (
          <tr key={date}>
            <th scope="row">{date}</th>
            <td>
              <StandingBadge word={NIGHT_WORDS[standing]} name={statusClass(standing)} />
            </td>
            <td class="number">{run && grouped(run.mismatches)}</td>
            <td class="number">{run && grouped(run.causes)}</td>
            <td class="number">{run && grouped(run.waived)}</td>
            <td class="number">{run && `${grouped(run.orgs.atParity)} of ${grouped(run.orgs.expected)}`}</td>
            <td>{run && <bdi>{run.dir || '.'}</bdi>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface Span {
  /** The first and the last; a span of months with runs is one month. */
  readonly months: readonly string[];
  readonly nights: readonly Night[];
  readonly isVoid: boolean;
}

/** Month by month; neighbours without any run are one span. */
function spansOf(nights: readonly Night[]): readonly Span[] {
  const spans: Span[] = [];
  for (const month of new Set(nights.map(({ date }) => date.slice(0, 7)))) {
    const own = nights.filter(({ date }) => date.startsWith(month));
    const isVoid = own.every(({ standing }) => standing === 'missing');
    const last = spans.at(-1);
    if (isVoid && last?.isVoid === true) {
      spans[spans.length - 1] = { months: [...last.months, month], nights: [...last.nights, ...own], isVoid };
    } else spans.push({ months: [month], nights: own, isVoid });
  }
  return spans;
}

function Month({ span: { months, nights, isVoid } }: { span: Span }) {
  const [first = '', last = ''] = [months[0], months.at(-1)];
  if (isVoid) {
    return (
      <p class="month muted">
        {monthName(first)}
        {first !== last && ` to ${monthName(last)}`}: no run on {counted(nights.length, 'night')}
      </p>
    );
  }
  return (
    <div class="month">
      <h4>{monthName(first)}</h4>
      <ol class="squares">
        {nights.map((night) => (
          <Square key={night.date} night={night} />
        ))}
      </ol>
    </div>
  );
}

/** Every night as a square, by month; months without a run are one line, and the table has the rest. */
export function Nights({ nights, id }: { nights: readonly Night[]; id: string }) {
  return (
    <section class="card" aria-labelledby={`${id}-nights ${id}-name`}>
      <h3 id={`${id}-nights`}>Nights</h3>
      {spansOf(nights).map((span) => (
        <Month key={span.months[0]} span={span} />
      ))}
      <ul class="night-legend">
        {(['parity', 'mismatch', 'inconclusive', 'missing'] as const).map((standing) => (
          <li key={standing}>
            <StandingBadge word={NIGHT_WORDS[standing]} name={statusClass(standing)} />{' '}
            <strong>{grouped(nights.filter((night) => night.standing === standing).length)}</strong>
          </li>
        ))}
      </ul>
      <AsTable>
        <NightsTable nights={nights} />
      </AsTable>
    </section>
  );
}

/** Closed periods by the month in which they end. */
export function Cycles({ cycles, id }: { cycles: readonly Cycle[]; id: string }) {
  if (cycles.length === 0) return null;
  return (
    <section class="card" aria-labelledby={`${id}-cycles ${id}-name`}>
      <h3 id={`${id}-cycles`}>Closed billing cycles</h3>
      <table class="plain cycles">
        <thead>
          <tr>
            <th scope="col">Periods that end in</th>
            <th scope="col">Standing</th>
            <th scope="col" class="number">
              Organisations
            </th>
          </tr>
        </thead>
        <tbody>
          {cycles.map(({ month, standing, orgs, expected }) => (
            <tr key={month}>
              <th scope="row">{monthName(month)}</th>
              <td>
                <StandingBadge word={CYCLE_WORDS[standing]} name={statusClass(standing)} />
              </td>
              <td class="number">
                {grouped(orgs)} of {grouped(expected)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
