/** One run against another as one page. */
import type { ComponentChildren } from 'preact';
import { CHANGE_KINDS, type RunComparison, type RunSummary } from '../../../domain/run-comparison.ts';
import { grouped, instant, isNothing, verdictWords } from '../../words/common.ts';
import { checksWords, countWords, LISTED } from '../../words/run-comparison.ts';
import { verdictWord, waivedTotal, waivedWords } from '../../words/waived.ts';
import { Frame } from '../static-page.tsx';
import { Scrolled } from '../view/scrolled.tsx';
import { Changes } from './changes.tsx';

function Verdict({ of }: { of: RunSummary }) {
  const { glyph } = verdictWords(of);
  return (
    <>
      <span aria-hidden="true">{glyph}</span> {verdictWord(of)}
    </>
  );
}

/** `READY`, and smaller beside it the waivers that made it so. */
function VerdictWords({ of }: { of: RunSummary }) {
  const waived = of.verdict === 'parity' ? waivedWords(of) : '';
  return (
    <>
      {verdictWords(of).word}
      {waived !== '' && <span class="waived-too"> {waived}</span>}
    </>
  );
}

/** The first thing that is read: what changed, and where that leaves us. */
const Band = ({ comparison }: { comparison: RunComparison }) => (
  <section class={`verdict verdict-${comparison.after.verdict}`} aria-labelledby="change verdict">
    <p class="eyebrow">
      <bdi>{comparison.after.scenario}</bdi>
    </p>
    <h2 id="change" class="change">
      {countWords(comparison)}
    </h2>
    <p id="verdict" class="standing later">
      <span class="glyph" aria-hidden="true">
        {verdictWords(comparison.after).glyph}
      </span>{' '}
      <VerdictWords of={comparison.after} />
    </p>
    {comparison.unproven.length > 0 && (
      <ul class="cautions">
        {comparison.unproven.map((sentence) => (
          <li key={sentence}>
            <span class="glyph" aria-hidden="true">
              ?
            </span>{' '}
            <bdi>{sentence}</bdi>
          </li>
        ))}
      </ul>
    )}
    <p class="muted">{checksWords(comparison)}</p>
    {comparison.notes.length > 0 && (
      <ul class="cautions">
        {comparison.notes.map((note) => (
          <li key={note}>
            <span class="glyph" aria-hidden="true">
              !
            </span>{' '}
            <bdi>{note}</bdi>
          </li>
        ))}
      </ul>
    )}
  </section>
);

const amount = (text: string): string => (isNothing(text) ? '0' : grouped(text));

/** Both directions apart; those that neither run knows are left out. */
const moneyLines = (money: RunComparison['money']): readonly { name: string; was: string; is: string }[] =>
  money.flatMap(({ currency, before, after }) =>
    [
      { name: `▼ Under-billed ${currency}`, was: before.underBilled, is: after.underBilled },
      { name: `▲ Over-billed ${currency}`, was: before.overBilled, is: after.overBilled },
    ]
      .filter(({ was, is }) => !isNothing(was) || !isNothing(is))
      .map(({ name, was, is }) => ({ name, was: amount(was), is: amount(is) })),
  );

const Both = ({ comparison: { before, after, money, waived } }: { comparison: RunComparison }) => (
  <section class="card" aria-labelledby="both">
    <h2 id="both">Both runs</h2>
    <Scrolled label="Both runs">
      <table class="plain both">
        <thead>
          <tr>
            <td />
            <th scope="col" class="number">
              Earlier
              <br />
              {instant(before.startedAt)}
            </th>
            <th scope="col" class="number">
              Later
              <br />
              {instant(after.startedAt)}
            </th>
          </tr>
        </thead>
        <tbody>
          <Line name="Verdict" before={<Verdict of={before} />} after={<Verdict of={after} />} />
          <Line name="Parity" before={`${before.parity} %`} after={`${after.parity} %`} />
          <Line name="Coverage" before={`${before.coverage} %`} after={`${after.coverage} %`} />
          {moneyLines(money).map(({ name, was, is }) => (
            <Line key={name} name={name} before={was} after={is} />
          ))}
          {waived.map(({ currency, before: was, after: is }) => (
            <Line
              key={currency}
              name={`⚑ Waived ${currency}`}
              before={waivedTotal(currency, was)}
              after={waivedTotal(currency, is)}
            />
          ))}
        </tbody>
      </table>
    </Scrolled>
  </section>
);

type Shown = ComponentChildren;

const Line = ({ name, before, after }: { name: string; before: Shown; after: Shown }) => (
  <tr>
    <th scope="row">{name}</th>
    <td class="number">{before}</td>
    <td class="number">{after}</td>
  </tr>
);

/** What agreed before and is out of sight now: never to be read as agreement. */
function Lost({ comparison: { lost } }: { comparison: RunComparison }) {
  if (lost.length === 0) return null;
  const all = lost.reduce((sum, { count }) => sum + count, 0);
  return (
    <section class="card" aria-labelledby="lost">
      <h2 id="lost">Could be compared before, and not now: {grouped(all)}</h2>
      <ul class="lost">
        {lost.map(({ reason, count }) => (
          <li key={reason}>
            {grouped(count)} × <bdi>{reason}</bdi>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What must be looked at first; what stayed as it was comes last. */
const ORDER = [...LISTED, ...CHANGE_KINDS.filter((kind) => !LISTED.includes(kind))];

export const ComparisonBody = ({ comparison, version }: { comparison: RunComparison; version: string }) => (
  <Frame
    heading="Run against run"
    version={version}
    about={
      <>
        <code>{comparison.before.id}</code> → <code>{comparison.after.id}</code>
      </>
    }
  >
    <div class="first-screen">
      <div class="stack">
        <Band comparison={comparison} />
      </div>
      <div class="stack">
        <Both comparison={comparison} />
      </div>
    </div>
    <Lost comparison={comparison} />
    {ORDER.map((kind) => (
      <Changes key={kind} comparison={comparison} kind={kind} />
    ))}
  </Frame>
);
