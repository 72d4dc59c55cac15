import { scaleBand } from 'd3-scale';
import type { CauseMark, CauseStory, Night } from '../../../domain/history.ts';
import { drawnOf, Folds } from './fold-void.tsx';
import { AsTable, WIDTH } from './plot.tsx';
import { MARK_WORDS } from './words.ts';

/** Height says it too, so that colour is never alone; what is not there is not drawn. */
const MARKS: Readonly<
  Record<CauseMark, { readonly y: number; readonly height: number; readonly fill: string } | null>
> = {
  present: { y: 0, height: 20, fill: '#d2473d' },
  lingering: { y: 10, height: 10, fill: '#d99a1c' },
  waived: { y: 14, height: 6, fill: '#a98bdc' },
  unknown: { y: 18, height: 2, fill: '#9aa5b5' },
  absent: null,
};

const KEYS: readonly CauseMark[] = ['present', 'lingering', 'waived', 'unknown'];

function Timeline({ story, places }: { story: CauseStory; places: readonly number[] }) {
  const marks = places.map((place) => story.marks[place] ?? 'unknown');
  const x = scaleBand<number>(
    marks.map((_, at) => at),
    [0, WIDTH],
  ).padding(0.12);
  return (
    <svg
      class="timeline"
      viewBox={`0 0 ${WIDTH} 20`}
      width="100%"
      height="18"
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {marks.map((mark, at) => {
        const drawn = MARKS[mark];
        if (drawn === null) return null;
        return <rect key={at} class={`mark-${mark}`} x={x(at)} width={x.bandwidth()} {...drawn} />;
      })}
    </svg>
  );
}

function stateOf({ goneSince, marks, last }: CauseStory): string {
  if (goneSince !== null) return `gone since ${goneSince}`;
  const now = marks.findLast((mark) => mark !== 'unknown') ?? 'unknown';
  if (now === 'waived') return 'accepted by waivers';
  if (now === 'lingering') return `not named since ${last}, but some of it is left`;
  return marks.at(-1) === 'unknown' ? `last seen ${last}; nobody could tell since` : 'still there';
}

function Story({ story, places }: { story: CauseStory; places: readonly number[] }) {
  const gone = story.goneSince !== null;
  return (
    <li class="cause-story">
      <span class="cause-name">
        <strong>{story.title}</strong>{' '}
        <span class="muted">
          <code>{story.id}</code>
          {story.sku !== null && (
            <>
              {' · '}
              <bdi>{story.sku}</bdi>
            </>
          )}
        </span>
      </span>
      <Timeline story={story} places={places} />
      <span class="cause-when">
        <span class={`status ${gone ? 'status-met' : 'status-mismatch'}`}>
          <span class="glyph" aria-hidden="true">
            {gone ? '✓' : '✗'}
          </span>{' '}
          <span class="cause-state">
            appeared {story.first}, {stateOf(story)}
          </span>
        </span>
      </span>
    </li>
  );
}

function CausesTable({ nights, causes }: { nights: readonly Night[]; causes: readonly CauseStory[] }) {
  return (
    <table class="plain">
      <thead>
        <tr>
          <th scope="col">Night</th>
          {causes.map(({ id, sku }) => (
            <th key={`${id} ${sku}`} scope="col">
              {id}
              {sku !== null && <> {sku}</>}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {nights.map(({ date }, at) => (
          <tr key={date}>
            <th scope="row">{date}</th>
            {causes.map(({ id, sku, marks }) => (
              <td key={`${id} ${sku}`}>{MARK_WORDS[marks[at] ?? 'unknown']}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Which root cause was there on which night. */
export function CausesByNight({
  nights,
  causes,
  id,
}: {
  nights: readonly Night[];
  causes: readonly CauseStory[];
  id: string;
}) {
  const drawn = drawnOf(nights);
  return (
    <section class="card" aria-labelledby={`${id}-causes ${id}-name`}>
      <h3 id={`${id}-causes`}>Root causes by night</h3>
      {causes.length === 0 ? (
        <p class="muted">None was named on any night.</p>
      ) : (
        <>
          <ul class="keys">
            {KEYS.filter((mark) => causes.some(({ marks }) => marks.includes(mark))).map((mark) => (
              <li key={mark} class={`key key-${mark}`}>
                {MARK_WORDS[mark]}
              </li>
            ))}
          </ul>
          <Folds folds={drawn.folds} />
          <ul class="cause-stories">
            {causes.map((story) => (
              <Story key={`${story.id} ${story.sku}`} story={story} places={drawn.places} />
            ))}
          </ul>
          <AsTable>
            <CausesTable nights={nights} causes={causes} />
          </AsTable>
        </>
      )}
    </section>
  );
}
