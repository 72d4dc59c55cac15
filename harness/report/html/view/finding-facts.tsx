import type { ComponentChildren } from 'preact';
import type { Finding } from '../../../domain/run-result.ts';
import { OrgName } from './organisation.tsx';

const Fact = ({ name, children }: { name: string; children: ComponentChildren }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

/** A fact that is only said where there is one. */
const OptionalFact = ({ name, text }: { name: string; text: string | null }) =>
  text === null ? null : (
    <Fact name={name}>
      <bdi>{text}</bdi>
    </Fact>
  );

function Waiver({ waiver }: { waiver: NonNullable<Finding['waiver']> }) {
  return (
    <Fact name="Waiver">
      <bdi>{waiver.reason}</bdi>
      <span class="muted">
        {' '}
        ({waiver.owner}
        {waiver.ticket !== null && `, ${waiver.ticket}`}, until {waiver.expires})
      </span>
    </Fact>
  );
}

const periodOf = (period: NonNullable<Finding['period']>): string =>
  `${period.start} to ${period.end}${period.status === 'unknown' ? '' : ` (${period.status})`}`;

function Organisations({ orgs }: Pick<Finding, 'orgs'>) {
  return (
    <Fact name={orgs.length === 1 ? 'Organisation' : 'Organisations'}>
      <ul class="bare">
        {orgs.map((org) => (
          <li key={org.id}>
            <OrgName org={org} /> {org.name !== null && <code class="muted">{org.id}</code>}
          </li>
        ))}
      </ul>
    </Fact>
  );
}

/** Everything about a finding that is not one side's statement. `hrefOf` leads to another finding. */
export function FindingFacts({ finding, hrefOf }: { finding: Finding; hrefOf: (id: string) => string }) {
  return (
    <dl class="facts">
      {finding.orgs.length > 0 && <Organisations orgs={finding.orgs} />}
      <OptionalFact name="Region" text={finding.region} />
      <OptionalFact name="App" text={finding.appId} />
      <OptionalFact name="Part number" text={finding.partNumber} />
      <OptionalFact name="SKU" text={finding.sku} />
      {finding.period !== null && <OptionalFact name="Billing period" text={periodOf(finding.period)} />}
      <OptionalFact name="Root cause" text={finding.rootCause} />
      {finding.derivedFrom !== null && (
        <Fact name="Follows from">
          <a href={hrefOf(finding.derivedFrom)}>
            finding <code>{finding.derivedFrom}</code>
          </a>
        </Fact>
      )}
      {finding.waiver !== null && <Waiver waiver={finding.waiver} />}
      <Fact name="Rule">
        <a href={`#rule-${finding.rule}`}>
          <code>{finding.rule}</code>
        </a>
      </Fact>
      <Fact name="Finding">
        <code>{finding.id}</code>
      </Fact>
    </dl>
  );
}
