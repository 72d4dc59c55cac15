/** The heading of a table of waivers: what each accepts, whose it is, how long it holds. */
export function LedgerHead({ until }: { readonly until: string }) {
  return (
    <thead>
      <tr>
        <th scope="col">{until}</th>
        <th scope="col">Reason</th>
        <th scope="col">Owner</th>
        <th scope="col">Ticket</th>
        <th scope="col" class="number">
          Findings
        </th>
        <th scope="col">Money</th>
      </tr>
    </thead>
  );
}
