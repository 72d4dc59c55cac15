/**
 * The kinds of values a scenario is made of. Each schema's message is what it expects, in words; `faults.ts` puts what was
 * found beside it. All read text: the document hands over numbers as their literal text.
 */
import { z } from 'zod';
import { type IsoDate, parseDate } from '../domain/billing-period.ts';
import { compareDecimals, type Decimal, decimal, isNegative, isZero, parseDecimal, ZERO } from '../domain/decimal.ts';
import { parseCurrency } from '../domain/money.ts';
import { parseRatio, type Ratio } from '../domain/ratio.ts';

interface LeafOptions<T> {
  /** In words, after "expected". */
  readonly expected: string;
  readonly description: string;
  /** @returns null for what is not such a value. */
  read(text: string): T | null;
  /** Added to the published JSON Schema. */
  readonly json?: Readonly<Record<string, unknown>>;
}

const leaf = <T>({ expected, description, read, json = {} }: LeafOptions<T>) =>
  z
    .string({ error: expected })
    .transform((text, context): T => {
      const value = read(text);
      if (value !== null) return value;
      context.addIssue({ code: 'custom', message: expected });
      return z.NEVER;
    })
    .meta({ description, ...json });

const trimmed = (text: string): string | null => {
  const value = text.trim();
  return value === '' ? null : value;
};

/** Any text that is not blank, trimmed. */
export const text = (description: string, expected = 'text') =>
  leaf({ expected, description, read: trimmed, json: { minLength: 1 } });

/** A text of a certain form, trimmed. */
export const pattern = (form: RegExp, expected: string, description: string) =>
  leaf({
    expected,
    description,
    read: (value) => (form.test(value.trim()) ? value.trim() : null),
    json: { pattern: form.source },
  });

export const wholeNumber = (minimum: number, maximum: number, description: string) =>
  leaf({
    expected: `a whole number from ${minimum} to ${maximum}`,
    description,
    read: (value) => {
      const number = /^\d{1,15}$/.test(value.trim()) ? Number(value) : Number.NaN;
      return number >= minimum && number <= maximum ? number : null;
    },
    json: { type: 'integer', minimum, maximum },
  });

const exact = (expected: string, description: string, accepts: (value: Decimal) => boolean) =>
  leaf<Decimal>({
    expected,
    description,
    read: (value) => {
      const parsed = parseDecimal(value);
      return parsed !== null && accepts(parsed) ? parsed : null;
    },
    json: { type: ['string', 'number'] },
  });

export const anyDecimal = (description: string) => exact('a decimal such as "23.74"', description, () => true);
export const nonNegative = (description: string) =>
  exact('a decimal, zero or more, such as "0.01"', description, (value) => !isNegative(value));
export const positive = (description: string) =>
  exact('a decimal above zero, such as 1 or "0.5"', description, (value) => !isNegative(value) && !isZero(value));
/** A decimal, or a ratio of two that no decimal spells out, above zero. */
export const ratio = (description: string) =>
  leaf<Ratio>({
    expected: 'a decimal or a ratio above zero, such as 1, "0.5" or "1/17"',
    description,
    read: parseRatio,
    json: { type: ['string', 'number'], exclusiveMinimum: 0, pattern: RATIO },
  });
const PART = String.raw`\s*\+?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,4})?\s*`;
const RATIO = `^${PART}(?:/${PART})?$`;

/** A decimal from zero to a limit. */
export const upTo = (limit: number, expected: string, description: string) =>
  exact(
    expected,
    description,
    (value) => compareDecimals(value, ZERO) >= 0 && compareDecimals(value, decimal(limit)) <= 0,
  );

/** A calendar date alone: an instant would leave open whose midnight it means. */
export const isDate = (value: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(value.trim()) && parseDate(value) !== null;
export const date = (description: string) =>
  leaf<IsoDate>({
    expected: 'a date that exists, yyyy-MM-dd',
    description,
    read: (value) => (isDate(value) ? parseDate(value) : null),
    json: { format: 'date' },
  });

export const currency = (description: string) =>
  leaf({
    expected: 'a currency code of ISO 4217 such as USD',
    description,
    read: parseCurrency,
    json: { pattern: '^[A-Za-z]{3}$' },
  });

/** As the key of a map: in one spelling only, so that no currency can stand in it twice. */
export const currencyKey = leaf({
  expected: 'a currency code of ISO 4217 in capitals, such as USD',
  description: 'Currency code of ISO 4217, in capitals.',
  read: (value) => (parseCurrency(value) === value ? value : null),
  json: { pattern: '^[A-Z]{3}$' },
});

/** An `http(s)` origin; a trailing slash is dropped. Paths are the APIs' own and never part of it. */
export const origin = (description: string) =>
  leaf({
    expected: 'an address of scheme and host alone, such as https://api.mypurecloud.com',
    description,
    read: (value) => {
      if (!URL.canParse(value.trim())) return null;
      const url = new URL(value.trim());
      const bare = url.pathname === '/' && url.search === '' && url.hash === '' && url.username + url.password === '';
      return bare && (url.protocol === 'https:' || url.protocol === 'http:') ? url.origin : null;
    },
    json: { format: 'uri' },
  });

export const organisationId = (description: string) =>
  leaf({
    expected: 'an organisation id, such as 9d750d63-95ae-4df7-8955-2bca7152ca19',
    description,
    read: (value) => (UUID.test(value.trim()) ? value.trim().toLowerCase() : null),
    json: { pattern: UUID.source },
  });
const UUID = /^[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$/;

/** A list written as a YAML list or as one text with commas. */
export const commaList = (item: RegExp, expected: string, description: string) =>
  z
    .union(
      [
        leaf({
          expected,
          description,
          read: (value) => {
            const items = value.split(',').map((part) => part.trim());
            return items.every((part) => item.test(part)) ? items : null;
          },
        }),
        z.array(pattern(item, expected, 'One of them.')),
      ],
      { error: expected },
    )
    .describe(description);

export const yesOrNo = (description: string) => z.boolean({ error: 'true or false' }).describe(description);

/** One of a few words; a near miss is answered with the nearest of them. */
export const oneOf = <const T extends readonly [string, ...string[]]>(
  words: T,
  description: string,
  expected = `one of ${words.join(', ')}`,
) => z.enum(words, { error: expected }).describe(description);

/** A map with these keys and no others. */
export const map = <T extends z.ZodRawShape>(shape: T, description: string) =>
  z
    .strictObject(shape, { error: (issue) => (issue.code === 'invalid_type' ? 'a map' : undefined) })
    .describe(description);

/** A list with at least one entry. */
export const list = <T extends z.ZodType>(entry: T, expected: string, description: string) =>
  z.array(entry, { error: expected }).min(1, { error: expected }).describe(description);
