/** `parity validate`: what it tries on purpose, each with an API that does not keep to it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Finding } from '../domain/run-result.ts';
import { type RunningSandbox, startSandbox } from '../sandbox/index.ts';
import { type Alteration, type AlteringGateway, openAlteringGateway } from './testing/altering-gateway.ts';
import { openWorkplace, type Workplace } from './testing/cli.ts';
import { embedded } from './testing/sandbox-scenario.ts';

const BASE = '/api/v2/billing/contracts';

let place: Workplace;
let sandbox: RunningSandbox;
let gateway: AlteringGateway;

beforeAll(async () => {
  place = await openWorkplace();
  sandbox = await startSandbox({ seed: 21, orgs: 12, defects: 'none' });
  gateway = await openAlteringGateway(sandbox.url);
  const { clientId, clientSecret, restricted } = sandbox;
  await place.write(
    's.yaml',
    `version: 1
name: api
contract:
  apiUrl: ${gateway.url}
  loginUrl: ${gateway.url}
  clientId: ${clientId}
  clientSecret: ${clientSecret}
  withoutPermission: { clientId: ${restricted.clientId}, clientSecret: ${restricted.clientSecret} }
limits: { requestsPerMinute: 60000, retries: 1 }
`,
  );
});
afterAll(async () => {
  await gateway.close();
  await sandbox.close();
  await place.dispose();
});

async function validated(alteration: Alteration): Promise<{ code: number | null; wrong: Finding[]; all: Finding[] }> {
  gateway.alter(alteration);
  const { code, stderr } = await place.parity(['validate', 's.yaml', '--out', 'out', '--reporter', 'json', '--quiet']);
  expect(stderr).not.toContain('internal');
  // Of a period that an amendment cut, the piece that is closed is not asked for.
  const all = (await place.findings('out')).filter(
    ({ reason }) => !/the rest of its billing period/.test(reason ?? ''),
  );
  const { run } = await place.result('out');
  expect(run.sources).toStrictEqual({ legacy: null, contract: 'live' });
  await place.clear('out');
  return { code, wrong: all.filter(({ status }) => status === 'mismatch'), all };
}

const isListing = (url: URL): boolean => url.pathname === BASE || url.pathname === `${BASE}/invoices`;

/** What a body says after a change of it as JSON. */
const rewritten = (body: string, change: (json: Record<string, unknown>) => void): string => {
  const json = JSON.parse(body) as Record<string, unknown>;
  change(json);
  return JSON.stringify(json);
};

const ignoring =
  (...names: string[]): Required<Alteration>['asked'] =>
  (url) => {
    for (const name of names) url.searchParams.delete(name);
  };

interface Case {
  readonly what: string;
  readonly alteration: Alteration;
  readonly rule: string;
  /** Words of the finding. */
  readonly says: RegExp;
}

const CASES: readonly Case[] = [
  {
    what: 'a filter for the status that is ignored',
    alteration: { asked: ignoring('status') },
    rule: 'paging',
    says: /status=Inactive brings .* does not select/,
  },
  {
    what: 'a filter that selects nothing',
    alteration: {
      answer: (told, url) => {
        if (url.searchParams.get('status') !== 'Active') return;
        told.body = rewritten(told.body, (json) => Object.assign(json, { entities: [], nextUri: undefined }));
      },
    },
    rule: 'paging',
    says: /status=Active lacks/,
  },
  {
    what: 'dates that are ignored',
    alteration: { asked: ignoring('dateStart', 'dateEnd') },
    rule: 'paging',
    says: /dateStart=1990-01-01&dateEnd=1990-12-31 brings/,
  },
  {
    what: 'an external number that is ignored',
    alteration: { asked: ignoring('externalNumber') },
    rule: 'paging',
    says: /externalNumber=\S+ brings/,
  },
  {
    what: 'a payment status that is taken in one spelling and ignored in the other',
    alteration: {
      asked: (url) => {
        if (url.searchParams.get('paymentStatus') === 'UnPaid') url.searchParams.delete('paymentStatus');
      },
    },
    rule: 'paging',
    says: /paymentStatus=UnPaid brings/,
  },
  {
    what: 'pages larger than asked for',
    alteration: {
      asked: (url) => {
        if (url.searchParams.get('pageSize') === '2') url.searchParams.set('pageSize', '5');
      },
    },
    rule: 'paging',
    says: /5 entries on a page of 2/,
  },
  {
    what: 'a way back that leads elsewhere',
    alteration: {
      answer: (told, url) => {
        if (!isListing(url) || !told.body.includes('previousUri')) return;
        told.body = rewritten(told.body, (json) => Object.assign(json, { previousUri: json['selfUri'] }));
      },
    },
    rule: 'paging',
    says: /previousUri leads to/,
  },
  {
    what: 'no way back',
    alteration: {
      answer: (told, url) => {
        if (isListing(url)) told.body = rewritten(told.body, (json) => delete json['previousUri']);
      },
    },
    rule: 'paging',
    says: /no previousUri/,
  },
  {
    what: 'a door that is open without a token',
    alteration: {
      answer: (told) => {
        if (told.status === 401) Object.assign(told, { status: 200, body: '{"entities":[]}' });
      },
    },
    rule: 'schema-violation',
    says: /without a token .* answered 200, 401 is documented/,
  },
  {
    what: 'a client without permission that is let in',
    alteration: {
      answer: (told) => {
        if (told.status === 403) Object.assign(told, { status: 200, body: '{"entities":[]}' });
      },
    },
    rule: 'schema-violation',
    says: /without permission .* answered 200, 403 is documented/,
  },
  {
    what: 'refusals without a context id',
    alteration: {
      answer: (told) => {
        if (told.status === 404) told.body = rewritten(told.body, (json) => delete json['contextId']);
      },
    },
    rule: 'schema-violation',
    says: /a contract that is not there .* it is no ErrorBody: must have required property 'contextId'/,
  },
  {
    what: 'refusals in HTML',
    alteration: {
      answer: (told) => {
        if (told.status === 400) Object.assign(told, { body: '<h1>Bad Request</h1>' });
      },
    },
    rule: 'schema-violation',
    says: /a date that is none .* its body is not JSON/,
  },
  {
    what: 'a refusal whose body says another status',
    alteration: {
      answer: (told) => {
        if (told.status === 401) told.body = rewritten(told.body, (json) => Object.assign(json, { status: 403 }));
      },
    },
    rule: 'schema-violation',
    says: /without a token .* its body says status 403/,
  },
  {
    what: 'a document that is a page of a portal',
    alteration: {
      answer: (told, url) => {
        if (!url.pathname.startsWith('/sandbox/documents/')) return;
        Object.assign(told, { body: '<html>Log in</html>' });
        told.headers['content-type'] = 'text/html';
      },
    },
    rule: 'schema-violation',
    says: /begins with "<html" \(text\/html\), a PDF begins with %PDF-/,
  },
  {
    what: 'a document that is gone',
    alteration: {
      answer: (told, url) => {
        if (url.pathname.startsWith('/sandbox/documents/')) told.status = 410;
      },
    },
    rule: 'schema-violation',
    says: /the link answers 410/,
  },
];

describe('what is tried on purpose', () => {
  it('finds nothing in an API that keeps to its documentation', async () => {
    const { code, all } = await validated({});
    expect(all.map(({ rule, reason }) => `${rule}: ${reason}`)).toStrictEqual([]);
    expect(code).toBe(0);
  });

  it.each(CASES)('finds $what', async ({ alteration, rule, says }) => {
    const { code, wrong } = await validated(alteration);
    expect(wrong.filter((finding) => finding.rule === rule).map(({ reason }) => reason)).toContainEqual(
      expect.stringMatching(says),
    );
    expect(code).toBe(1);
  });

  it('tolerates the undocumented spelling of a payment status that is refused', async () => {
    const { code, all } = await validated({
      asked: (url) => {
        if (url.searchParams.get('paymentStatus') === 'Unpaid') url.searchParams.set('paymentStatus', 'neither');
      },
    });
    expect(all).toStrictEqual([]);
    expect(code).toBe(0);
  });

  it('names headers that answers lack, which no figure depends on', async () => {
    const { code, all } = await validated({ answer: ({ headers }) => delete headers['inin-correlation-id'] });
    expect(all.map(({ rule, status, reason }) => [rule, status, reason])).toStrictEqual([
      ['schema-drift', 'tolerated', expect.stringContaining('inin-correlation-id')],
    ]);
    expect(code).toBe(0);
  });

  it('cannot verify what does not answer', async () => {
    const { code, all } = await validated({
      answer: (told, url) => {
        if (url.searchParams.get('status') === 'Active') told.status = 503;
      },
    });
    expect(all.map(({ rule, status }) => `${rule} ${status}`)).toStrictEqual(['paging not-comparable']);
    expect(all[0]?.reason).toMatch(/^the server could not answer \(status 503/);
    expect(code).toBe(3);
  });

  it('comes to the same from its own recording', async () => {
    gateway.alter({ asked: ignoring('externalNumber') });
    const args = ['validate', 's.yaml', '--reporter', 'json', '--quiet'];
    expect((await place.parity([...args, '--out', 'live'])).code).toBe(1);
    const again = await place.parity([...args, '--out', 'replayed', '--contract', 'snapshot:live/snapshot']);
    expect(again.code).toBe(1);
    expect(await place.findings('replayed')).toStrictEqual(await place.findings('live'));
  });

  it('says that a recording of another command has nothing of it', async () => {
    await place.write('plain.yaml', embedded({ seed: 21, orgs: 6 }));
    await place.parity(['record', 'plain.yaml', '--out', 'plain', '--quiet']);
    const args = ['validate', 'plain.yaml', '--reporter', 'json', '--quiet', '--out', 'without'];
    expect((await place.parity([...args, '--contract', 'snapshot:plain/snapshot'])).code).toBe(0);
    expect((await place.result('without')).notes.join()).toContain('nothing was tried on purpose');
  });
});
