import type { RunResult } from '../../../domain/run-result.ts';
import { counted, instant } from '../../words/common.ts';
import { verdictWord } from '../../words/waived.ts';
import { FactList } from './fact-list.tsx';

const LINES = ['Prepared by', 'Reviewed by', 'Approved by'] as const;

/** For paper alone: what was decided on, and room for who decided it. */
export function SignOff({ result }: { result: RunResult }) {
  const { run, tool } = result;
  const facts: readonly (readonly [string, string])[] = [
    ['Verdict', verdictWord(result)],
    ['Run', `${run.id}, finished ${instant(run.finishedAt)}`],
    ['Scenario', `${run.scenario}, sha256 ${run.scenarioSha256}`],
    ['Organisations', counted(result.orgs.expected, 'organisation')],
    ['Made with', `${tool.name} ${tool.version}`],
  ];
  return (
    <section class="sign-off" aria-labelledby="sign-off">
      <h2 id="sign-off">Sign-off</h2>
      <FactList facts={facts} />
      <table class="plain signatures">
        <caption class="unseen">Signatures</caption>
        <thead>
          <tr>
            <th scope="col">Role</th>
            <th scope="col">Name</th>
            <th scope="col">Signature</th>
            <th scope="col">Date</th>
          </tr>
        </thead>
        <tbody>
          {LINES.map((line) => (
            <tr key={line}>
              <th scope="row">{line}</th>
              <td />
              <td />
              <td />
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
