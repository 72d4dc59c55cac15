import type { Finding } from '../../../domain/run-result.ts';

type Org = Finding['orgs'][number];

/** A name from the wire: isolated, so that its writing direction cannot disturb what stands around it. */
export const OrgName = ({ org }: { org: Org }) => <bdi dir="auto">{org.name ?? org.id}</bdi>;

/** The first organisation, and how many more. */
export function OrgNames({ orgs }: { orgs: readonly Org[] }) {
  const [first, ...rest] = orgs;
  if (first === undefined) return <span class="muted">all</span>;
  return (
    <>
      <OrgName org={first} />
      {rest.length > 0 && <span class="muted"> + {rest.length} more</span>}
    </>
  );
}
