import type { RunResult } from '../../../domain/run-result.ts';
import { instant } from '../../words/common.ts';
import { TOOLS_ELEMENT } from '../data.ts';
import { Product } from './product.tsx';

/** Which run this is; the browser part puts its buttons into the empty place. */
export function Masthead({ run }: { run: RunResult['run'] }) {
  return (
    <header class="masthead">
      <Product />
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
