/** The sandbox's own addresses: the control page, the log as it grows, and what can be changed while it runs. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ApiVersion } from '../../domain/api-version.ts';
import { type IsoDate, parseDate } from '../../domain/billing-period.ts';
import { HarnessError } from '../../domain/errors.ts';
import { sendJson } from '../answers.ts';
import { DEFECTS } from '../defects/registry.ts';
import { ApiError } from '../errors.ts';
import { type AskedFault, FAULTS, readFaults, textOf } from '../faults/registry.ts';
import type { SandboxState, StateChoice } from '../state.ts';
import { POLICY } from './assets.ts';
import type { Address } from './how-to-call.ts';
import { controlPage, type Switch } from './page.tsx';
import type { RequestLog } from './request-log.ts';

export interface Control {
  readonly state: SandboxState;
  readonly log: RequestLog;
  readonly moving: boolean;
  readonly apiVersion: ApiVersion;
  /** Known once the sandbox listens. */
  readonly address: () => Address;
  /** Changes the state and what is played. @throws HarnessError `usage` */
  readonly change: (changed: Partial<StateChoice>) => void;
}

interface RequestedState {
  readonly defects?: string | readonly string[];
  readonly faults?: string | readonly string[];
  readonly today?: string;
}

export async function serveControl(app: FastifyInstance, control: Control): Promise<void> {
  await app.register(async (scope) => {
    scope.addHook('onRequest', async (request) => mustBeOwn(request, control.address().url));
    scope.get('/', async (_request, reply) => sendPage(reply, control, null));
    scope.get('/sandbox/defects', async (_request, reply) =>
      sendJson(reply, { defects: control.state.books.defects.map((defect) => ({ ...defect })) }),
    );
    scope.get('/sandbox/log', (request, reply) => streamLog(request, reply, control.log));
    scope.post<{ Body: RequestedState | undefined }>('/sandbox/stage', async (request, reply) => {
      const fromPage = /urlencoded/.test(request.headers['content-type'] ?? '');
      try {
        control.change(requestedState(request.body ?? {}, fromPage));
      } catch (error) {
        if (!(error instanceof HarnessError) || error.code !== 'usage') throw error;
        const refusal = [error.message, error.hint].filter((part) => part !== null).join(' ');
        if (fromPage) return sendPage(reply.code(400), control, refusal);
        throw new ApiError(400, 'bad.request', refusal);
      }
      if (fromPage) return reply.redirect('/', 303);
      const { defects, faults, today } = control.state.choice;
      return sendJson(reply, { today, defects, faults: faults.map(textOf) });
    });
  });
}

/** A form leaves out what nothing is checked of; a program what it does not want to change. */
function requestedState({ defects, faults, today }: RequestedState, fromPage: boolean): Partial<StateChoice> {
  return {
    ...(defects === undefined && !fromPage
      ? {}
      : { defects: defects === 'all' || defects === 'none' ? defects : listOf(defects) }),
    ...(faults === undefined && !fromPage ? {} : { faults: readFaults(listOf(faults)) }),
    ...(today === undefined || today === '' ? {} : { today: dayOf(today) }),
  };
}

const listOf = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value;

function dayOf(text: string): IsoDate {
  const day = parseDate(text);
  if (day === null || day !== text) throw new HarnessError('usage', `${text} is no date as yyyy-MM-dd`);
  return day;
}

function sendPage(reply: FastifyReply, { state, log, moving, apiVersion, address }: Control, refusal: string | null) {
  const { world, ledger } = state.books;
  const { defects, faults } = state.choice;
  const page = controlPage({
    address: address(),
    seed: world.seed,
    orgs: world.accounts.reduce((count, { orgs }) => count + orgs.length, 0),
    contracts: ledger.contracts.length,
    today: world.today,
    moving,
    apiVersion,
    defects: switches(DEFECTS, defects === 'all' ? DEFECTS.map(({ id }) => id) : defects === 'none' ? [] : defects),
    faults: switches(
      FAULTS,
      faults.map((asked: AskedFault) => textOf(asked)),
    ),
    requests: log.entries,
    refusal,
  });
  return reply
    .header('content-type', 'text/html; charset=utf-8')
    .header('content-security-policy', POLICY)
    .header('cache-control', 'no-store')
    .send(page);
}

/** Every one that there is; what is asked for with a count or at a place stands for itself. */
function switches(all: readonly { readonly id: string; readonly title: string }[], asked: readonly string[]): Switch[] {
  const special = asked.filter((text) => !all.some(({ id }) => id === text));
  const titleOf = (text: string): string => all.find(({ id }) => id === text.split(/[[*@]/)[0])?.title ?? '';
  return [
    ...special.map((id) => ({ id, title: titleOf(id), on: true })),
    ...all.map(({ id, title }) => ({ id, title, on: asked.includes(id) })),
  ];
}

/** Server-sent events, one a request; ends when nobody listens any more. */
function streamLog(request: FastifyRequest, reply: FastifyReply, log: RequestLog): void {
  reply.hijack();
  reply.raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  reply.raw.write(': the requests from now on\n\n');
  const forget = log.listen((entry) => reply.raw.write(`data: ${JSON.stringify(entry)}\n\n`));
  request.raw.once('close', forget);
}

/**
 * A page of somebody else's can neither read nor change the sandbox: another name that leads to this machine is refused (DNS
 * rebinding), and so is a change that a foreign page sends. Programs send no `Origin` and are let in.
 * @throws ApiError 403
 */
function mustBeOwn({ headers, method }: FastifyRequest, listens: string): void {
  const { host: own, port } = new URL(listens);
  const known = new Set([own, `localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`]);
  const { host = '', origin } = headers;
  if (!known.has(host)) throw forbidden(`the sandbox is not reached as ${JSON.stringify(host)}`);
  if (method === 'GET' || origin === undefined) return;
  if (origin !== `http://${host}`) throw forbidden(`a page of ${JSON.stringify(origin)} may not change the sandbox`);
}

const forbidden = (why: string): ApiError => new ApiError(403, 'forbidden', `Refused: ${why}.`);
