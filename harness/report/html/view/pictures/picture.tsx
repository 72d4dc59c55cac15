import type { ComponentChildren } from 'preact';

interface Props {
  readonly id: string;
  readonly title: string;
  readonly note: string;
  readonly children: ComponentChildren;
  /** The same in numbers; left out where the picture is a table itself. */
  readonly table?: ComponentChildren;
}

/** One picture: what it shows, how to read it, and the same as a table. */
export function Picture({ id, title, note, children, table }: Props) {
  return (
    <section class={`card picture picture-${id}`} aria-labelledby={`picture-${id}`}>
      <h3 id={`picture-${id}`}>{title}</h3>
      <p class="muted picture-note">{note}</p>
      {children}
      {table !== undefined && (
        <details class="as-table">
          <summary>As a table</summary>
          {table}
        </details>
      )}
    </section>
  );
}
