/** Loads a partner's own world: every fault at once, each at its place in the file. */
import { parseDate } from '../../domain/billing-period.ts';
import { decimal } from '../../domain/decimal.ts';
import { type FileIssue, ScenarioInvalidError } from '../../domain/errors.ts';
import { toMinorUnit } from '../../domain/money.ts';
import type { OwnOrganisation, OwnProduct, WorldFile } from '../../domain/world-file.ts';
import { type Document, type Path, parseScenario } from '../document.ts';
import { faultsOf } from '../faults.ts';
import { interpolate } from '../interpolation.ts';
import { decode, readBytes } from '../read-text.ts';
import { type WorldYaml, worldSchema } from './schema.ts';

const HINT = 'Mend the file; docs/world.example.yaml shows every field.';

/**
 * @throws ScenarioInvalidError with every fault of the file, in its order
 * @throws HarnessError `usage` if the file cannot be read, or is larger than 1 MiB
 */
export async function loadWorld(path: string): Promise<WorldFile> {
  const { document, issues } = parseScenario(decode(await readBytes(path, 'world'), path), path, (text) =>
    interpolate(text, () => undefined),
  );
  if (document === null) throw new ScenarioInvalidError(issues, HINT);
  const parsed = worldSchema.safeParse(document.value);
  const faults = [...issues, ...faultsOf(document, parsed.error?.issues ?? [], 'world')];
  const together = parsed.success ? checkTogether(document, parsed.data) : [];
  if (parsed.success && faults.length + together.length === 0) return resolve(parsed.data);
  throw new ScenarioInvalidError([...faults, ...together], HINT);
}

function checkTogether(document: Document, { products, organisations }: WorldYaml): FileIssue[] {
  const known = new Set(products.map(({ partNumber }) => partNumber));
  const issues = [
    ...twice(
      document,
      products.map(({ partNumber }) => partNumber),
      'products',
      'partNumber',
    ),
    ...twice(
      document,
      organisations.map(({ id }) => id),
      'organisations',
      'id',
    ),
    ...products.flatMap(({ sku }, index) =>
      Array.isArray(sku) && sku.length !== 2
        ? [document.issue(['products', index, 'sku'], `${sku.length} SKUs; expected one or two`)]
        : [],
    ),
  ];
  organisations.forEach(({ currency, contractStart, holdings }, at) => {
    if (parseDate(contractStart) === null) return;
    holdings.forEach(({ product, price }, index) => {
      const path: Path = ['organisations', at, 'holdings', index];
      if (!known.has(product)) {
        issues.push(
          document.issue([...path, 'product'], `${product} is none of the products; expected ${[...known].join(', ')}`),
        );
      }
      if (toMinorUnit(price, currency) !== price) {
        issues.push(
          document.issue(
            [...path, 'price'],
            `${price} is finer than ${currency} has units; expected ${toMinorUnit(price, currency)}`,
          ),
        );
      }
    });
    issues.push(
      ...twice(
        document,
        holdings.map(({ product }) => product),
        'organisations',
        at,
        'holdings',
        'product',
      ),
    );
  });
  return issues;
}

/** @param where keys of the list, and last the field that must differ */
function twice(document: Document, values: readonly string[], ...where: readonly PropertyKey[]): FileIssue[] {
  const list = where.slice(0, -1);
  const field = where.slice(-1);
  return values.flatMap((value, index) =>
    values.indexOf(value) === index
      ? []
      : [document.issue([...list, index, ...field], `${value} comes twice; expected it once`)],
  );
}

const resolve = ({ products, organisations }: WorldYaml): WorldFile => ({
  products: products.map(
    ({ sku, unitsPerToken, ...product }): OwnProduct => ({
      ...product,
      skus: sku === undefined ? [product.partNumber] : typeof sku === 'string' ? [sku] : sku,
      unitsPerToken: unitsPerToken ?? null,
    }),
  ),
  organisations: organisations.map(
    ({ contractStart, termYears, holdings, ...organisation }): OwnOrganisation => ({
      ...organisation,
      start: contractStart,
      termYears: termYears ?? null,
      holdings: holdings.map(({ product, committed, bundle, included, price, overagePrice, use, earlier }) => ({
        partNumber: product,
        committed: decimal(committed),
        bundle: bundle === undefined ? null : decimal(bundle),
        included: included === undefined ? null : decimal(included),
        price,
        overagePrice: overagePrice ?? null,
        use,
        earlier: earlier ?? [],
      })),
    }),
  ),
});
