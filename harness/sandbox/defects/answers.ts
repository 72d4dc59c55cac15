/** Answers with status 200 that hold nothing, or that tell of something else than was asked for. */
import type { RuleId } from '../../domain/rule-ids.ts';
import { cursorTo } from '../contract-api/paging.ts';
import type { Contract } from '../contract-book/book.ts';
import { contractsOf } from '../contract-book/contracts.ts';
import { type Answer, type AnswerEdit, Edits } from '../edit.ts';
import { ApiError, errorBody } from '../errors.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Account, World } from '../world/facts.ts';
import { uuid } from '../world/random.ts';
import { isInvoiced, trueLines } from './billed.ts';
import {
  CHARGE_RULES,
  type Defect,
  type Hidden,
  inWays,
  type Needs,
  PAIR_RULES,
  type Place,
  type Surroundings,
  type Way,
} from './defect.ts';

type Endpoint = Answer['endpoint'];

const TERM_RULES: readonly RuleId[] = [
  'contract-start',
  'contract-end',
  'ramp-start',
  'ramp-end',
  'period-start',
  'period-end',
  'contract-status',
];

/** One kind of answer: whom it tells of, and by which rules it would have been read. */
interface Kind {
  readonly endpoint: Endpoint;
  readonly words: string;
  /** The list that it must have, if it has one. */
  readonly list?: string;
  readonly rules: readonly RuleId[];
  readonly needs?: Needs;
  readonly tellsOf: 'organisation' | 'account' | 'everyone';
}

const PERIOD: Kind = {
  endpoint: 'period',
  words: 'the billing periods by id of the account’s contracts',
  list: 'charges',
  rules: [...PAIR_RULES, ...CHARGE_RULES, 'period-detail-agreement'],
  tellsOf: 'account',
};
const CONTRACT: Kind = {
  endpoint: 'contract',
  words: 'the account’s contracts by id',
  rules: ['listing-detail-agreement'],
  tellsOf: 'account',
};
const ORGANISATION: Kind = {
  endpoint: 'organization',
  words: 'the organisation’s answer of the usage API',
  list: 'usages',
  rules: [...PAIR_RULES, ...TERM_RULES, 'source-agreement'],
  needs: 'usage-api',
  tellsOf: 'organisation',
};
const OVERVIEW: Kind = {
  endpoint: 'overview',
  words: 'the organisation’s overviews of partner billing',
  list: 'usages',
  rules: [...PAIR_RULES, ...TERM_RULES, 'source-agreement', 'minimum-monthly-amount'],
  needs: 'partner-billing',
  tellsOf: 'organisation',
};
const LINES: Kind = {
  endpoint: 'lines',
  words: 'the lines of the account’s invoices',
  list: 'entities',
  rules: ['invoice-total', 'invoice-charge-agreement', 'paging'],
  tellsOf: 'account',
};
const CONTRACTS: Kind = {
  endpoint: 'contracts',
  words: 'a page of the contracts',
  list: 'entities',
  rules: ['paging'],
  tellsOf: 'everyone',
};
const ORGANISATIONS: Kind = {
  endpoint: 'organizations',
  words: 'the organisations of a region',
  list: 'organizations',
  rules: ['paging', 'region-count', 'organization-count'],
  needs: 'usage-api',
  tellsOf: 'everyone',
};

const KINDS: readonly Kind[] = [PERIOD, CONTRACT, ORGANISATION, OVERVIEW, LINES, CONTRACTS, ORGANISATIONS];

/** Hides it in answers of one kind that tell of the place. */
function hideIn(kind: Kind, place: Place, change: AnswerEdit, note: string): Hidden {
  const { account, org } = place;
  const mine = (answer: Answer): boolean => !('org' in answer) || answer.org === org;
  return {
    edits: [
      {
        account: account.index,
        answer: (answer, body) => (answer.endpoint === kind.endpoint && mine(answer) ? change(answer, body) : body),
      },
    ],
    orgs: kind.tellsOf === 'everyone' ? [] : kind.tellsOf === 'account' ? account.orgs : [org],
    skus: [],
    rules: kind.rules,
    ...(kind.needs === undefined ? {} : { needs: kind.needs }),
    note: `${kind.words}: ${note}`,
  };
}

/** Answers about everyone only where nothing else is hidden: with them, others would go unseen. */
const pickKind = (kinds: readonly Kind[], { alone, random }: Surroundings): Kind =>
  random.pick(kinds.filter(({ tellsOf }) => alone || tellsOf !== 'everyone'));

function emptied(kinds: readonly Kind[], note: string, change: (kind: Kind, world: World) => AnswerEdit): Way {
  return (place, surroundings) => {
    const kind = pickKind(kinds, surroundings);
    if (kind === LINES && !isInvoiced(place, surroundings.world)) return 'needs an invoice';
    return hideIn(kind, place, change(kind, surroundings.world), note);
  };
}

const failure = (seed: number): JsonObject =>
  errorBody(
    new ApiError(503, 'service.unavailable', 'The service is temporarily unavailable.'),
    uuid(seed, 'hollow answer'),
  );

/** Half of the lines, and an address of the others under another name than it should have. */
const halved: AnswerEdit = (answer, body) => {
  const entities = body['entities'];
  if (answer.endpoint !== 'lines' || !Array.isArray(entities)) return body;
  const half: readonly Json[] = entities.slice(0, Math.ceil(entities.length / 2));
  const cursor = cursorTo(`lines of ${answer.invoice.id}`, half.length);
  const next = `/api/v2/billing/contracts/invoices/${answer.invoice.id}/lines?after=${cursor}`;
  return half.length === entities.length ? body : { ...body, entities: half, nextLink: next };
};

/** The first page of the contracts leads on under another name. */
const linkRenamed: AnswerEdit = (answer, body) => {
  const { nextUri, ...rest } = body;
  if (answer.endpoint !== 'contracts' || nextUri === undefined || 'previousUri' in body) return body;
  return { ...rest, nextLink: nextUri };
};

/** More contracts than a page of the current API takes. */
const PAGE = 10;

const nextRenamed: Way = (place, surroundings) => {
  const { world, alone, random } = surroundings;
  const note = 'nextLink in place of nextUri';
  if (alone && world.accounts.length > PAGE && random.chance(50)) {
    const { edits: _, ...hidden } = hideIn(CONTRACTS, place, linkRenamed, note);
    return { ...hidden, edits: [], world: { answer: linkRenamed } };
  }
  if (trueLines(world, place.account).length < 2) return 'needs an invoice of several lines';
  return hideIn(LINES, place, halved, note);
};

const answerHollow: Defect = inWays(
  {
    id: 'answer-hollow',
    title: 'Status 200 with a body that does not hold what was asked for',
    rules: [...new Set(KINDS.flatMap(({ rules }) => rules))],
    cause: null,
    scope: 'account',
    outcome: 'not-comparable',
  },
  {
    'error-body': emptied(
      KINDS,
      'an error in the body',
      (_, { seed }) =>
        () =>
          failure(seed),
    ),
    empty: emptied(KINDS, 'an empty object', () => () => ({})),
    'charges-null': emptied(
      KINDS.filter(({ list }) => list !== undefined),
      'null where a list is due',
      ({ list = '' }) =>
        (_, body) => ({ ...body, [list]: null }),
    ),
    'next-renamed': nextRenamed,
  },
);

const lastContract = (world: World, account: Account): Contract | undefined =>
  contractsOf(world, account, new Edits()).at(-1);

/** What the body says of whose it is, as another's. The rest stays. */
function renamedTo(world: World, { account }: Place, other: Account): AnswerEdit {
  return (answer, body) => {
    const [org] = other.orgs;
    const contract = lastContract(world, other);
    if (org === undefined || contract === undefined) return body;
    switch (answer.endpoint) {
      case 'period': {
        const before = account.periods.find(({ ago }) => ago === answer.period.truth.ago + 1);
        const id = answer.contract.periods.find(({ truth }) => truth === before)?.id;
        return { ...body, id: id ?? uuid(world.seed, 'another period', answer.period.id) };
      }
      case 'contract':
        return { ...body, id: contract.id, externalNumber: contract.externalNumber };
      case 'organization':
        return { ...body, orgId: org.id, orgName: org.name };
      case 'overview':
        return {
          ...body,
          organization: { id: org.id, name: org.name },
          selfUri: String(body['selfUri']).replace(answer.org.id, org.id),
        };
      case 'lines':
        return {
          ...body,
          selfUri: String(body['selfUri']).replace(answer.invoice.id, uuid(world.seed, 'invoice', contract.id)),
        };
      default:
        return body;
    }
  };
}

const NAMED = [PERIOD, CONTRACT, ORGANISATION, OVERVIEW, LINES];

const answerOfAnother: Defect = {
  id: 'answer-of-another',
  title: 'The body names another organisation, contract, period or invoice than was asked for',
  rules: [...new Set(NAMED.flatMap(({ rules }) => rules))],
  cause: null,
  scope: 'account',
  outcome: 'not-comparable',
  hide: (place, surroundings) => {
    const { world, random } = surroundings;
    const others = world.accounts.filter(({ index }) => index !== place.account.index);
    if (others.length === 0) return 'needs another account';
    const kind = pickKind(NAMED, surroundings);
    if (kind === LINES && !isInvoiced(place, world)) return 'needs an invoice';
    return hideIn(kind, place, renamedTo(world, place, random.pick(others)), 'it names another');
  },
};

export const answerDefects: readonly Defect[] = [answerHollow, answerOfAnother];
