/** What makes two runs less comparable. */
import type { RunRecord } from '../domain/run-comparison.ts';

export function notesOn(before: RunRecord, after: RunRecord): readonly string[] {
  const [first, second] = [before.result, after.result];
  const notes: string[] = [];
  if (first.run.id === second.run.id) notes.push('Both folders hold the same run.');
  else if (first.run.startedAt > second.run.startedAt) notes.push('The first run is the later one of the two.');
  if (first.run.scenario !== second.run.scenario) {
    notes.push(`The runs are of two scenarios: ${first.run.scenario} and ${second.run.scenario}.`);
  } else if (first.run.scenarioSha256 !== second.run.scenarioSha256) {
    notes.push('The scenario changed between the runs: mapping, tolerances, waivers or scope may be others.');
  }
  if (first.tool.version !== second.tool.version) {
    notes.push(`The releases differ: ${first.tool.version} and ${second.tool.version}.`);
  }
  const alone = [first, second].filter(({ run }) => run.sources.legacy === null).length;
  if (alone === 1) notes.push('One of the runs looked at the contract side alone.');
  for (const { run } of [first, second]) {
    if (run.shard !== null) notes.push(`Run ${run.id} is shard ${run.shard}: it says nothing of the other shards.`);
  }
  for (const { result, matches } of [before, after]) {
    if (matches === null) {
      notes.push(`Run ${result.run.id} does not say which checks matched (it has no matches.txt).`);
    }
  }
  return notes;
}
