/**
 * The query box: plain words and `field:value` tokens, all of which must hold.
 * `overage-rate org:acme sku:"PC-170 X" -region:eu-west-1 money:>100`
 */
import { type Decimal, parseDecimal } from '../../../domain/decimal.ts';

export const TEXT_FIELDS = [
  'rule',
  'org',
  'status',
  'sku',
  'app',
  'region',
  'category',
  'cause',
  'currency',
  'side',
  'id',
] as const;
export type TextField = (typeof TEXT_FIELDS)[number];

type MoneyOperator = '>' | '>=' | '<' | '<=' | '=';

export type Term =
  | { readonly kind: 'text'; readonly field: TextField | null; readonly value: string; readonly negated: boolean }
  | { readonly kind: 'money'; readonly operator: MoneyOperator; readonly amount: Decimal; readonly negated: boolean };

export interface Query {
  readonly terms: readonly Term[];
  /** Tokens that look like a field and are none, or whose value cannot be read: said beside the box. */
  readonly misread: readonly string[];
}

const TOKEN = /(-?)(?:([a-z]+):(?:"([^"]*)"?|(\S*))|"([^"]*)"?|(\S+))/gi;
const MONEY = /^(>=|<=|>|<|=)?(.+)$/;

const isTextField = (name: string): name is TextField => (TEXT_FIELDS as readonly string[]).includes(name);

function moneyTerm(value: string, negated: boolean): Term | null {
  const [, operator = '=', text = ''] = MONEY.exec(value) ?? [];
  const amount = parseDecimal(text.replaceAll(',', ''));
  return amount === null ? null : { kind: 'money', operator: operator as MoneyOperator, amount, negated };
}

export function parseQuery(text: string): Query {
  const terms: Term[] = [];
  const misread: string[] = [];
  for (const [token, minus = '', name, quoted, bare, alone, word = ''] of text.matchAll(TOKEN)) {
    const value = (quoted ?? bare ?? alone ?? word).toLowerCase();
    const field = name?.toLowerCase();
    const negated = minus === '-';
    if (field === 'money') {
      const term = moneyTerm(value, negated);
      if (term === null) misread.push(token);
      else terms.push(term);
    } else if (field !== undefined && isTextField(field)) {
      if (value !== '') terms.push({ kind: 'text', field, value, negated });
    } else {
      if (field !== undefined) misread.push(token);
      const whole = (field === undefined ? value : `${field}:${value}`).trim();
      if (whole !== '') terms.push({ kind: 'text', field: null, value: whole, negated });
    }
  }
  return { terms, misread };
}

/** Whether an amount fits, by how it compares with the one in the query. */
export const HOLDS: Readonly<Record<MoneyOperator, (order: -1 | 0 | 1) => boolean>> = {
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '=': (order) => order === 0,
};

/** Whether the query itself says which statuses it wants; the status chips then stand back. */
export const namesStatus = (query: Query): boolean =>
  query.terms.some((term) => term.kind === 'text' && term.field === 'status');
