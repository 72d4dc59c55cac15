/** Takes over the findings of the static page and adds the page's tools; everything else stays as it was written. */
import { render } from 'preact';
import { FINDINGS_ELEMENT, TOOLS_ELEMENT } from '../data.ts';
import { FindingTable } from '../find/table.ts';
import { Explorer } from './explorer.tsx';
import { readData } from './read-data.ts';
import './styles/index.css';
import { applyTheme } from './theme.ts';
import { Tools } from './tools.tsx';

applyTheme();
document.documentElement.classList.add('scripted');

const tools = document.getElementById(TOOLS_ELEMENT);
if (tools !== null) render(<Tools />, tools);

const list = document.getElementById(FINDINGS_ELEMENT);
if (list !== null) {
  readData()
    .then((data) => {
      list.replaceChildren();
      render(<Explorer data={data} table={new FindingTable(data.findings)} />, list);
    })
    .catch((error: unknown) => {
      const note = document.createElement('p');
      note.className = 'remark';
      note.textContent = `The full list cannot be read in this browser (${String(error)}). What follows is the static part.`;
      list.prepend(note);
    });
}
