/**
 * What is folded holds no elements until it is opened: a page of a large run stays small. A link that leads into it opens it, and
 * paper gets all of it.
 */

interface Folded {
  readonly details: HTMLDetailsElement;
  readonly held: DocumentFragment;
}

const isHeading = (node: Node): boolean => node.nodeName === 'SUMMARY';

function empty(details: HTMLDetailsElement): Folded {
  const held = document.createDocumentFragment();
  held.append(...[...details.childNodes].filter((node) => !isHeading(node)));
  return { details, held };
}

/** Takes out what stands on paper alone, and puts it back for as long as the page is being printed. */
export function keepForPaper(part: string): void {
  const element = document.querySelector(part);
  if (element === null) return;
  const place = document.createComment('for paper');
  element.replaceWith(place);
  window.addEventListener('beforeprint', () => place.after(element));
  window.addEventListener('afterprint', () => element.remove());
}

/** Folds every `details` in the static parts that is closed, but for what findings link to. */
export function foldAway(parts: string): void {
  const folded = [
    ...document.querySelectorAll<HTMLDetailsElement>(`${parts} details:not([open], :has([id^='rule-']))`),
  ].map(empty);
  const fill = ({ details, held }: Folded): void => details.append(held);
  for (const one of folded) {
    one.details.addEventListener('toggle', () => {
      if (one.details.open) fill(one);
    });
  }
  const follow = (): void => {
    const id = decodeURIComponent(location.hash.slice(1));
    const one = folded.find(({ held }) => id !== '' && held.getElementById(id) !== null);
    if (one === undefined) return;
    fill(one);
    one.details.open = true;
    document.getElementById(id)?.scrollIntoView();
  };
  window.addEventListener('hashchange', follow);
  window.addEventListener('beforeprint', () => folded.forEach(fill));
  follow();
}
