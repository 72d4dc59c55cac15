import { SIDE_OF } from '../../domain/side.ts';
import { breaks, cannotSay } from './invariant-outcome.ts';
import { examinationOf, failuresOf, Observer } from './invariant-scope.ts';
import { EQUAL } from './outcome.ts';
import { probed } from './probed.ts';
import type { Observation, SideRule, Sides } from './rule.ts';

/** Listings whose first page may fail, so that nothing says how they were walked. */
const LISTINGS = { contracts: '/api/v2/billing/contracts', invoices: '/api/v2/billing/contracts/invoices' } as const;

function* examine(sides: Sides): Generator<Observation> {
  const examination = examinationOf(sides);
  const observer = new Observer();
  const failed = new Map(
    (['contracts', 'invoices'] as const).flatMap((kind) =>
      failuresOf(sides, kind).map(({ message }) => [LISTINGS[kind] as string, message] as const),
    ),
  );
  for (const { source, listing, pages, entities, fault, message, at } of sides.contract.paging) {
    const statement = { value: null, raw: null, at, derivation: null };
    const side = SIDE_OF[source];
    const scope = examination.scope({ side, subject: listing });
    const failure = failed.get(listing);
    failed.delete(listing);
    if (fault !== null) {
      const words = message ?? fault;
      yield observer.observe(
        scope,
        breaks(side, statement, null, `${listing}: ${words} (${pages} pages, ${entities} entries)`),
      );
    } else if (failure !== undefined) yield observer.observe(scope, cannotSay(side, null, brokenOff(failure)));
    else if (pages > 0) yield observer.observe(scope, EQUAL);
  }
  yield* probed(sides, 'paging', examination, observer);
  for (const [listing, failure] of failed) {
    yield observer.observe(
      examination.scope({ side: 'contract', subject: listing }),
      cannotSay('contract', null, brokenOff(failure)),
    );
  }
}

const brokenOff = (failure: string): string => `the listing could not be walked to its end: ${failure}`;

export const pagingRule: SideRule = {
  id: 'paging',
  category: 'invariant',
  looksAt: 'sides',
  overall: true,
  title: 'Listings are walked without repetition',
  doc: 'Each listing, followed by `nextUri` to its end: no page and no entry comes twice, no cursor leads back to a page that was read. Repeated entries are counted once; what a listing leaves out without a trace shows as a missing organisation. `validate` also goes back by `previousUri`, asks for small pages, and holds every filter against the whole listing.',
  example: 'page 3 of /contracts brings the entries of page 2 again, under a new nextUri',
  examine,
};
