/** Style and script of the control page: small enough to stand here, and named by their hashes in its security policy. */
import { createHash } from 'node:crypto';

export const STYLE = `
:root { color-scheme: light dark; --ink: #16202c; --muted: #55606e; --ground: #f4f6f8; --card: #fff; --line: #d5dbe2; --accent: #0b57d0; --bad: #a8201a; --good: #1c6b3c; }
@media (prefers-color-scheme: dark) { :root { --ink: #e7ecf2; --muted: #a3aebb; --ground: #10151b; --card: #19212a; --line: #33404e; --accent: #8ab4f8; --bad: #ff9a92; --good: #7fd6a2; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.25rem clamp(0.75rem, 3vw, 2rem) 3rem; max-width: 80rem; font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--ground); }
h1 { font-size: 1.4rem; margin: 0; } h2 { font-size: 1.05rem; margin: 0 0 0.5rem; }
.muted { color: var(--muted); } .lead { margin: 0.25rem 0 1.25rem; color: var(--muted); }
main { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 32rem), 1fr)); align-items: start; }
section { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1rem; min-width: 0; }
.wide { grid-column: 1 / -1; }
pre { margin: 0; padding: 0.75rem; white-space: pre-wrap; overflow-wrap: anywhere; background: var(--ground); border: 1px solid var(--line); border-radius: 6px; font: 12.5px/1.5 ui-monospace, monospace; }
code { font: 0.92em ui-monospace, monospace; overflow-wrap: anywhere; }
details { border-top: 1px solid var(--line); padding: 0.45rem 0; } summary { cursor: pointer; }
summary:focus-visible, input:focus-visible, button:focus-visible, .log:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
fieldset { border: 0; padding: 0; margin: 0.5rem 0; min-width: 0; display: grid; gap: 0.1rem 1rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 17rem), 1fr)); }
label { display: flex; gap: 0.5rem; align-items: baseline; padding: 0.15rem 0; }
label small { display: block; color: var(--muted); }
button { font: inherit; padding: 0.35rem 0.9rem; border-radius: 6px; border: 1px solid var(--accent); background: var(--accent); color: var(--card); cursor: pointer; }
[hidden] { display: none !important; }
.quiet { margin-top: 0.4rem; background: none; color: var(--accent); border-color: var(--line); padding: 0.2rem 0.7rem; }
#search { display: flex; flex-wrap: wrap; gap: 0.2rem 1rem; align-items: baseline; margin: 0.5rem 0; }
.apply { position: sticky; bottom: 0; display: flex; flex-wrap: wrap; gap: 0.4rem 1.5rem; align-items: center; justify-content: space-between; margin: 0 -1rem -1rem; padding: 0.6rem 1rem; background: var(--card); border-top: 1px solid var(--line); border-radius: 0 0 10px 10px; }
input[type='date'], input[type='search'] { font: inherit; padding: 0.25rem 0.4rem; border: 1px solid var(--line); border-radius: 6px; background: var(--card); color: var(--ink); }
dl { display: grid; grid-template-columns: auto 1fr; gap: 0.2rem 1rem; margin: 0; } dt { color: var(--muted); } dd { margin: 0; }
.error { border: 1px solid var(--bad); color: var(--bad); border-radius: 8px; padding: 0.6rem 0.9rem; margin: 0 0 1rem; }
.log { max-height: 16rem; overflow: auto; border: 1px solid var(--line); border-radius: 6px; padding: 0; } .log p { padding: 0 0.75rem; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
table { border-collapse: collapse; width: 100%; font-size: 13px; } th, td { text-align: left; padding: 0.25rem 0.6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
thead th { position: sticky; top: 0; background: var(--card); } td.path { min-width: 14rem; font-family: ui-monospace, monospace; overflow-wrap: anywhere; } .number { text-align: right; font-variant-numeric: tabular-nums; }
.refused { color: var(--bad); } .answered { color: var(--good); }
`;

/**
 * Adds what is asked from now on to the top of the table, searches the switches, and copies. Without script the page shows requests
 * when it is loaded again, and every switch; a search never unchecks what it hides.
 */
export const SCRIPT = `
const rows = document.getElementById('requests');
const cell = (row, text, name) => { const td = row.insertCell(); td.textContent = text; if (name) td.className = name; };
new EventSource('/sandbox/log').onmessage = ({ data }) => {
  const { at, method, path, status, ms, fault } = JSON.parse(data);
  const row = rows.insertRow(0);
  cell(row, at.slice(11, 19));
  cell(row, method);
  cell(row, path, 'path');
  cell(row, status ?? 'broken off', status !== null && status < 400 ? 'number answered' : 'number refused');
  cell(row, ms, 'number');
  cell(row, fault ?? '');
  document.getElementById('none').hidden = true;
  while (rows.rows.length > 200) rows.deleteRow(-1);
};
for (const button of document.querySelectorAll('.copy')) {
  button.hidden = false;
  button.onclick = async () => {
    await navigator.clipboard.writeText(button.previousElementSibling.textContent);
    button.textContent = 'Copied';
  };
}
const search = document.getElementById('search');
search.hidden = false;
search.querySelector('input').oninput = ({ target }) => {
  const words = target.value.toLowerCase().split(/\\s+/).filter((word) => word !== '');
  let found = 0;
  for (const list of document.querySelectorAll('form details')) {
    let here = 0;
    for (const label of list.querySelectorAll('label')) {
      const text = label.textContent.toLowerCase();
      label.hidden = !words.every((word) => text.includes(word));
      if (!label.hidden) here += 1;
    }
    if (words.length > 0 && here > 0) list.open = true;
    found += here;
  }
  search.querySelector('[role=status]').textContent = words.length === 0 ? '' : found + ' found';
};
search.querySelector('input').onkeydown = (event) => { if (event.key === 'Enter') event.preventDefault(); };
`;

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

export const POLICY = [
  "default-src 'none'",
  `style-src ${hashOf(STYLE)}`,
  `script-src ${hashOf(SCRIPT)}`,
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');
