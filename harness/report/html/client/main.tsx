/** Takes over the findings and the statement of the static page and adds the page's tools; everything else stays as it was written. */
import { render } from 'preact';
import type { StatementRow } from '../../../domain/run-result.ts';
import { CUSTOMERS_ELEMENT, FINDINGS_ELEMENT, type ReportFrame, STATEMENT_ELEMENT, TOOLS_ELEMENT } from '../data.ts';
import { unpackCustomers } from '../find/customer-pack.ts';
import type { Customer } from '../find/customers.ts';
import { unpackFrame } from '../find/frame-pack.ts';
import { StatementIndex, unpackStatement } from '../find/statement.ts';
import { FindingTable } from '../find/table.ts';
import { CustomersExplorer } from './customers.tsx';
import { Explorer } from './explorer.tsx';
import { foldAway, keepForPaper } from './fold.ts';
import { readData, readStatement } from './read-data.ts';
import { StatementExplorer } from './statement.tsx';
import './styles/index.css';
import { applyTheme } from './theme.ts';
import { Tools } from './tools.tsx';
import { whenIdle } from './when-idle.ts';

applyTheme();
document.documentElement.classList.add('scripted');

foldAway(':is(.abouts, .pictures)');
keepForPaper('.sign-off');

const tools = document.getElementById(TOOLS_ELEMENT);
if (tools !== null) render(<Tools />, tools);

/** Said above the static part, which stays. */
function unreadable(within: Element, what: string, error: unknown): void {
  const note = document.createElement('p');
  note.className = 'remark';
  note.textContent = `The full ${what} cannot be read in this browser (${String(error)}). What follows is the static part.`;
  within.prepend(note);
}

interface Read {
  readonly frame: ReportFrame;
  readonly table: FindingTable;
}

async function takeOverFindings(list: Element): Promise<Read | null> {
  try {
    const data = await readData();
    const table = new FindingTable(data.findings);
    const frame = unpackFrame(data, table);
    list.replaceChildren();
    render(<Explorer data={frame} table={table} />, list);
    return { frame, table };
  } catch (error) {
    unreadable(list, 'list', error);
    return null;
  }
}

function takeOverCustomers(customers: readonly Customer[], rows: readonly StatementRow[], read: Read | null): void {
  const list = document.getElementById(CUSTOMERS_ELEMENT);
  if (list === null || read === null) return;
  list.replaceChildren();
  render(<CustomersExplorer customers={customers} rows={rows} frame={read.frame} table={read.table} />, list);
}

async function takeOverStatement(statement: Element, read: Read | null): Promise<void> {
  try {
    const packed = await readStatement();
    const rows = unpackStatement(packed);
    takeOverCustomers(unpackCustomers(packed.customers, packed.orgs.values), rows, read);
    if (rows.length === 0) return;
    statement.replaceChildren();
    render(<StatementExplorer index={new StatementIndex(rows)} run={read?.frame.result.run.id ?? 'run'} />, statement);
  } catch (error) {
    unreadable(statement, 'statement', error);
  }
}

const list = document.getElementById(FINDINGS_ELEMENT);
const statement = document.getElementById(STATEMENT_ELEMENT);
if (list !== null) {
  // The statement comes once the findings are painted: the static one stands until then.
  takeOverFindings(list).then((read) => {
    if (statement !== null) whenIdle(() => void takeOverStatement(statement, read));
  });
}
