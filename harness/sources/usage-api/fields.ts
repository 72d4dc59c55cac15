/** Under which names the usage API's fields may stand: the scenario's own name first, then what is tolerated. */
import type { Cursor } from '../cursor.ts';

/** Our name → other names seen or thought of (assumed; the documentation lists contents, not names). */
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  orgId: ['orgId', 'id', 'organizationId'],
  orgName: ['orgName', 'name', 'organizationName'],
  usageQuantity: ['usageQuantity', 'quantity', 'actual', 'actualQuantity'],
  prepayQuantity: ['prepayQuantity', 'commitment', 'committedQuantity'],
  contractEffectiveDate: ['contractEffectiveDate', 'contractStartDate'],
};

/** Our name → the name on the wire, as the scenario says. */
export type FieldNames = Readonly<Partial<Record<string, string>>>;

export const usageField =
  (names: FieldNames) =>
  (owner: Cursor, name: string): Cursor => {
    const own = names[name];
    return owner.field(...(own === undefined ? [] : [own]), ...(ALIASES[name] ?? [name]));
  };
