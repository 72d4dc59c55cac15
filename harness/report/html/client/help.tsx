import { useEffect, useRef, useState } from 'preact/hooks';

const KEYS: readonly (readonly [string, string])[] = [
  ['/', 'go to the search box'],
  ['j  k', 'next, previous finding'],
  ['n  p', 'next, previous page of findings'],
  ['g', 'group by cause, organisation, product, rule, or not at all'],
  ['Enter', 'open the finding'],
  ['Esc', 'close the detail, or leave the search box'],
  ['?', 'this help'],
];

const TOKENS: readonly (readonly [string, string])[] = [
  ['overage acme', 'findings with both words anywhere'],
  ['rule:overage-rate', 'of one rule'],
  ['org:"Example Org"', 'of an organisation, by name or id'],
  ['sku:pc-170', 'of a product, by SKU or part number'],
  ['status:waived', 'with a status, whatever the chips say'],
  ['status:new', 'not among those of the last run'],
  ['cause:none', 'mismatches that no root cause explains'],
  ['money:>100', 'with more than 100 at risk (>, >=, <, <=, =)'],
  ['currency:EUR  region:eu-west-1', 'by currency, region, app, category, cause, side, id'],
  ['-rule:contract-end', 'a minus: without'],
];

const OPEN_EVENT = 'parity-help';

export const openHelp = (): void => {
  document.dispatchEvent(new Event(OPEN_EVENT));
};

const List = ({ rows }: { rows: typeof KEYS }) => (
  <dl class="keys">
    {rows.map(([keys, meaning]) => (
      <div key={keys}>
        <dt>
          {keys.split('  ').map((key) => (
            <kbd key={key}>{key}</kbd>
          ))}
        </dt>
        <dd>{meaning}</dd>
      </div>
    ))}
  </dl>
);

/** Keys and the words of the search box. */
export function Help() {
  const dialog = useRef<HTMLDialogElement>(null);
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    if (isOpen && dialog.current?.open === false) dialog.current.showModal();
  }, [isOpen]);
  useEffect(() => {
    const open = (): void => setOpen(true);
    document.addEventListener(OPEN_EVENT, open);
    return () => document.removeEventListener(OPEN_EVENT, open);
  }, []);
  if (!isOpen) return null;
  return (
    <dialog ref={dialog} class="help" aria-labelledby="help-title" onClose={() => setOpen(false)}>
      <h2 id="help-title">Keys and search</h2>
      <h3>Keys</h3>
      <List rows={KEYS} />
      <h3>Search</h3>
      <List rows={TOKENS} />
      <p>
        <button type="button" class="button" onClick={() => dialog.current?.close()}>
          Close
        </button>
      </p>
    </dialog>
  );
}
