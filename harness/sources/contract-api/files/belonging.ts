/** Whose a billing period is that was sent as a file. */
import type { CapturedContract, PeriodCapture } from '../capture.ts';
import type { NamedDocument } from './named-document.ts';

/** By the period's id in a contract, by the contract's id in the name of the file, or because there is one contract alone. */
export function periodsOf(files: readonly NamedDocument[], contracts: readonly CapturedContract[]): PeriodCapture {
  const owners = new Map(
    contracts.flatMap(({ contractId, document }) =>
      document.root
        .field('billingPeriods')
        .items()
        .flatMap((period) => {
          const id = period.field('id').string();
          return id === null ? [] : [[id, contractId] as const];
        }),
    ),
  );
  const details = files.map(({ name, document }) => {
    const periodId = document.root.field('id').string() ?? name;
    const named = contracts.find(({ contractId }) => name.includes(contractId))?.contractId;
    const only = contracts.length === 1 ? contracts[0]?.contractId : undefined;
    return { contractId: owners.get(periodId) ?? named ?? only ?? `of ${name}`, periodId, document };
  });
  return { details, failures: [] };
}
