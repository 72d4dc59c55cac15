import type { RunResult } from '../../../domain/run-result.ts';
import type { SourceName } from '../../../domain/side.ts';
import { counted, grouped, instant, SOURCE_WORDS } from '../../words/common.ts';
import { FactList } from './fact-list.tsx';

const sourceWord = (name: string): string => SOURCE_WORDS[name as SourceName] ?? name;

function requestsOf({ requests }: RunResult): string {
  const { legacy, contract, retries, rateLimited, replayed } = requests;
  const parts = [`${grouped(legacy)} legacy`, `${grouped(contract)} contract`, counted(retries, 'retry', 'retries')];
  if (rateLimited > 0) parts.push(`${grouped(rateLimited)} rate-limited`);
  if (replayed > 0) parts.push(`${grouped(replayed)} replayed`);
  return parts.join(', ');
}

/** How the run was made, so that it can be made again. */
export function RunFacts({ result, excerptNote }: { result: RunResult; excerptNote: string | null }) {
  const { run, waivers, tool } = result;
  const facts: readonly (readonly [string, string])[] = [
    ['Run', run.id],
    ['Scenario', `${run.scenario} (sha256 ${run.scenarioSha256.slice(0, 12)})`],
    ['Started', instant(run.startedAt)],
    ['Finished', instant(run.finishedAt)],
    ...Object.entries(run.origins).map(([source, origin]) => [sourceWord(source), origin] as const),
    ['Requests', requestsOf(result)],
    ['Waivers', `${waivers.used} used, ${waivers.unused} unused, ${waivers.expired} expired`],
    ['Tool', `${tool.name} ${tool.version}`],
  ];
  return (
    <details class="card about">
      <summary>
        <h2 id="run">About this run</h2>
      </summary>
      <FactList facts={facts} />
      {excerptNote !== null && <p class="remark">{excerptNote}</p>}
    </details>
  );
}
