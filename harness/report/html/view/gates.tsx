import type { GateCheck, GateOutcome } from '../../../domain/verdict.ts';
import { grouped } from '../../words/common.ts';
import { gateTitle, PERCENT } from '../../words/gate.ts';

const figure = ({ name }: GateCheck, text: string): string =>
  /^-?\d+(?:\.\d+)?$/.test(text) ? `${grouped(text)}${PERCENT.has(name) ? ' %' : ''}` : text;

function GateRow({ check }: { check: GateCheck }) {
  return (
    <tr class={check.met ? 'met' : 'unmet'}>
      <th scope="row">{gateTitle(check)}</th>
      <td class="number">{figure(check, check.limit)}</td>
      <td class="number actual">{figure(check, check.actual)}</td>
      <td>
        <span class={`status ${check.met ? 'status-met' : 'status-mismatch'}`}>
          <span class="glyph" aria-hidden="true">
            {check.met ? '✓' : '✗'}
          </span>{' '}
          <span>{check.met ? 'Met' : 'Not met'}</span>
        </span>
      </td>
    </tr>
  );
}

/** What had to hold, and what was found. */
export function Gates({ gate }: { gate: GateOutcome }) {
  return (
    <section class="card gates" aria-labelledby="gates">
      <h2 id="gates">Gate</h2>
      {gate.checks.length === 0 ? (
        <p class="muted">The scenario sets no limits.</p>
      ) : (
        <table class="plain">
          <thead>
            <tr>
              <th scope="col">Check</th>
              <th scope="col" class="number">
                Limit
              </th>
              <th scope="col" class="number">
                Actual
              </th>
              <th scope="col">Outcome</th>
            </tr>
          </thead>
          <tbody>
            {gate.checks.map((check) => (
              <GateRow key={check.name} check={check} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
