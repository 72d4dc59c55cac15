/** A sentence whose dates do not break at their hyphens. */
export const Dated = ({ text }: { text: string }) => (
  <>{text.split(/(\d{4}-\d{2}-\d{2})/).map((part, at) => (at % 2 === 0 ? part : <span class="date">{part}</span>))}</>
);
