/** The control page: what is served, how to call it, what is wrong with it on purpose, and who asks. */
import { renderToString } from 'preact-render-to-string';
import type { ApiVersion } from '../../domain/api-version.ts';
import { SCRIPT, STYLE } from './assets.ts';
import { type Address, snippets } from './how-to-call.ts';
import type { LoggedRequest } from './request-log.ts';

export interface Switch {
  /** As it is asked for: `rate-off`, `rate-off*3`. */
  readonly id: string;
  readonly title: string;
  readonly on: boolean;
}

export interface ControlPage {
  readonly address: Address;
  readonly seed: number;
  readonly orgs: number;
  readonly contracts: number;
  readonly today: string;
  readonly moving: boolean;
  readonly apiVersion: ApiVersion;
  readonly defects: readonly Switch[];
  readonly faults: readonly Switch[];
  readonly requests: readonly LoggedRequest[];
  /** Why the last change was refused; null: it was not. */
  readonly refusal: string | null;
}

export const controlPage = (page: ControlPage): string =>
  `<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n` +
  `<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="color-scheme" content="light dark">\n` +
  `<title>Sandbox · Cutover Parity</title>\n<style>${STYLE}</style>\n</head>\n<body>\n${renderToString(<Page {...page} />)}\n` +
  `<script>${SCRIPT}</script>\n</body>\n</html>\n`;

function Page(page: ControlPage) {
  return (
    <>
      <header>
        <h1>Cutover Parity sandbox</h1>
        <p class="lead">
          Made-up organisations, true arithmetic. Nothing here is anybody's; the credentials open nothing else.
        </p>
        {page.refusal !== null && (
          <p class="error" role="alert">
            Not changed: {page.refusal}
          </p>
        )}
      </header>
      <main>
        <Served {...page} />
        <HowToCall address={page.address} />
        <Requests requests={page.requests} />
        <Switches {...page} />
      </main>
    </>
  );
}

function Served({ address, seed, orgs, contracts, today, moving, apiVersion }: ControlPage) {
  return (
    <section aria-labelledby="served">
      <h2 id="served">What is served</h2>
      <dl>
        <dt>Address</dt>
        <dd>
          <code>{address.url}</code>
        </dd>
        <dt>World</dt>
        <dd>
          seed {seed}, {orgs} organisations, {contracts} contracts
        </dd>
        <dt>Day</dt>
        <dd>
          {today}
          {moving ? ', and it moves: use of the open period grows' : ', standing still'}
        </dd>
        <dt>Contract API</dt>
        <dd>{apiVersion}</dd>
        <dt>App ids</dt>
        <dd>{address.appIds.join(', ')}</dd>
        <dt>API key</dt>
        <dd>
          <code>{address.apiKey}</code>
        </dd>
        <dt>OAuth client</dt>
        <dd>
          <code>{address.clientId}</code>
        </dd>
        <dt>Its secret</dt>
        <dd>
          <code>{address.clientSecret}</code>
        </dd>
      </dl>
      <p class="muted">
        <code>/v1/regions</code> and below (API key) · <code>/api/v2/billing/trusteebillingoverview/…</code> ·{' '}
        <code>/api/v2/billing/contracts</code> and below (bearer token from <code>/oauth/token</code>)
      </p>
    </section>
  );
}

function HowToCall({ address }: { address: Address }) {
  return (
    <section aria-labelledby="call">
      <h2 id="call">How to call it</h2>
      {snippets(address).map(({ title, code }, index) => (
        <details key={title} open={index === 0}>
          <summary>{title}</summary>
          <pre>{code}</pre>
          <button type="button" class="quiet copy" aria-label={`Copy ${title}`} hidden>
            Copy
          </button>
        </details>
      ))}
    </section>
  );
}

function Switches({ defects, faults, today }: ControlPage) {
  const on = [...defects, ...faults].filter((each) => each.on).length;
  return (
    <section class="wide" aria-labelledby="wrong">
      <h2 id="wrong">What is wrong with it, on purpose</h2>
      <form method="post" action="/sandbox/stage">
        <p class="muted">
          {on === 0 ? 'Nothing now.' : `${on} switched on.`} What is switched applies from the next request on.
        </p>
        <p id="search" hidden>
          <label>
            Search <input type="search" autocomplete="off" placeholder="rate, currency, timeout" />
          </label>
          <span class="muted" role="status" />
        </p>
        <SwitchList name="defects" legend="Defects in what the contract side says" switches={defects} />
        <SwitchList name="faults" legend="Faults of server and network" switches={faults} />
        <p class="apply">
          <label>
            Day <input type="date" name="today" value={today} min={today} />{' '}
            <span class="muted">(a later one only)</span>
          </label>
          <button type="submit">Apply</button>
        </p>
      </form>
    </section>
  );
}

function SwitchList({ name, legend, switches }: { name: string; legend: string; switches: readonly Switch[] }) {
  const on = switches.filter((each) => each.on).length;
  return (
    <details open={on > 0}>
      <summary>
        {legend} <span class="muted">({on === 0 ? `none of ${switches.length}` : `${on} of ${switches.length}`})</span>
      </summary>
      <fieldset>
        <legend class="unseen">{legend}</legend>
        {switches.map(({ id, title, on: checked }) => (
          <label key={id}>
            <input type="checkbox" name={name} value={id} checked={checked} />
            <span>
              <code>{id}</code>
              <small>{title}</small>
            </span>
          </label>
        ))}
      </fieldset>
    </details>
  );
}

function Requests({ requests }: { requests: readonly LoggedRequest[] }) {
  return (
    <section class="wide" aria-labelledby="log">
      <h2 id="log">Requests</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and must do so by keyboard too. */}
      <section class="log" tabIndex={0} aria-label="The last 200 requests">
        <table>
          <thead>
            <tr>
              <th scope="col">At (UTC)</th>
              <th scope="col">Method</th>
              <th scope="col">Path</th>
              <th scope="col" class="number">
                Status
              </th>
              <th scope="col" class="number">
                ms
              </th>
              <th scope="col">Fault</th>
            </tr>
          </thead>
          <tbody id="requests">
            {requests.map(({ at, method, path, status, ms, fault }, index) => (
              <tr key={`${at} ${index}`}>
                <td>{at.slice(11, 19)}</td>
                <td>{method}</td>
                <td class="path">{path}</td>
                <td class={`number ${status !== null && status < 400 ? 'answered' : 'refused'}`}>
                  {status ?? 'broken off'}
                </td>
                <td class="number">{ms}</td>
                <td>{fault ?? ''}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <p id="none" class="muted" hidden={requests.length > 0}>
          Nothing was asked yet.
        </p>
      </section>
    </section>
  );
}
