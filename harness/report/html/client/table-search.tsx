interface Props {
  /** Of what: `customer`, `statement`. */
  readonly name: string;
  readonly label: string;
  readonly placeholder: string;
  readonly query: string;
  /** Words of the search that it does not understand. */
  readonly misread: readonly string[];
  readonly onQuery: (query: string) => void;
}

/** The search above one table of the page. */
export const TableSearch = ({ name, label, placeholder, query, misread, onQuery }: Props) => (
  <div class="search">
    <label class="unseen" for={`${name}-query`}>
      {label}
    </label>
    <input
      id={`${name}-query`}
      type="search"
      value={query}
      placeholder={placeholder}
      autocomplete="off"
      spellcheck={false}
      aria-describedby={`${name}-note`}
      onInput={(event) => onQuery(event.currentTarget.value)}
    />
    <p id={`${name}-note`} class="query-note">
      {misread.length > 0 && `Not understood: ${misread.join(' ')}`}
    </p>
  </div>
);
