import type { Excerpt } from '../data.ts';

/** The body around a value; the value's own lines are marked, by an arrow too. */
export function ExcerptBlock({ excerpt, label }: { excerpt: Excerpt; label: string }) {
  const [from, to] = excerpt.mark ?? [-1, -1];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section class={from === to ? 'excerpt one-line' : 'excerpt'} aria-label={label} tabIndex={0}>
      <pre>
        {excerpt.text.split('\n').map((line, at) => {
          const marked = at >= from && at <= to;
          const text = `${marked ? '▸ ' : '  '}${line}\n`;
          return marked ? <mark key={at}>{text}</mark> : text;
        })}
      </pre>
    </section>
  );
}
