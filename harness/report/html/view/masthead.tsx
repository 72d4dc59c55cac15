import type { RunResult } from '../../../domain/run-result.ts';
import { TOOLS_ELEMENT } from '../data.ts';
import { instant } from './words.ts';

/** Which run this is; the browser part puts its buttons into the empty place. */
export function Masthead({ run }: { run: RunResult['run'] }) {
  return (
    <header class="masthead">
      <p class="product">
        <svg class="logo" width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
          <rect class="logo-legacy" x="1" y="4" width="12" height="5" rx="1.5" fill="#0b5cad" />
          <rect class="logo-contract" x="7" y="11" width="12" height="5" rx="1.5" fill="#a84300" />
        </svg>
        <strong>Cutover Parity</strong>
      </p>
      <p class="run">
        <bdi class="scenario">{run.scenario}</bdi>{' '}
        <span class="muted">
          {run.sources.legacy === null ? (
            <>contract side alone ({run.sources.contract})</>
          ) : (
            <>
              legacy {run.sources.legacy}, contract {run.sources.contract}
            </>
          )}
          {run.shard !== null && <>, shard {run.shard}</>}
        </span>{' '}
        <time class="muted" dateTime={run.finishedAt}>
          {instant(run.finishedAt)}
        </time>
      </p>
      <div id={TOOLS_ELEMENT} class="tools" />
    </header>
  );
}
