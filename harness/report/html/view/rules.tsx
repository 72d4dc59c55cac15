import type { RuleText } from '../../reporter.ts';

/** What the rules that findings name compare; the rule ids elsewhere in the page lead here. */
export function Rules({ rules }: { rules: readonly RuleText[] }) {
  if (rules.length === 0) return null;
  return (
    <details class="card about">
      <summary>
        <h2 id="rules">Rules that found something</h2>
      </summary>
      <dl class="rules">
        {rules.map((rule) => (
          <div key={rule.id} id={`rule-${rule.id}`}>
            <dt>
              <code>{rule.id}</code> {rule.title}
            </dt>
            <dd>
              <p>{rule.doc}</p>
              {rule.example !== '' && <p class="muted">For example: {rule.example}</p>}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
