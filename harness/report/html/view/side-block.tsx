import type { ComponentChildren } from 'preact';
import type { FindingStatement } from '../../../domain/run-result.ts';
import type { Side } from '../../../domain/side.ts';
import { legible } from '../../words/common.ts';
import { type Excerpt, excerptKey, type ReportEvidence, type ReportExchange } from '../data.ts';
import { Evidence } from './evidence.tsx';

const TITLES: Readonly<Record<Side, string>> = { legacy: 'Legacy', contract: 'Contract' };

/** How the value on the wire became the value that was compared, where the two are not spelt alike. */
function Derivation({ statement }: { statement: FindingStatement }) {
  const { raw, value, derivation } = statement;
  return (
    <>
      {raw !== null && raw !== value && (
        <p class="derivation">
          <code>{raw}</code> <span class="muted">on the wire → compared as</span> <code>{value ?? 'nothing'}</code>
        </p>
      )}
      {derivation !== null && <p class="derivation">{derivation}</p>}
    </>
  );
}

/** What the first reading said, where the figure moved; the one above it is the second. */
function FirstReading({ first, data }: { first: FindingStatement; data: SideBlockProps['data'] }) {
  const { evidence, value } = first;
  return (
    <div class="first-reading">
      <p class="derivation">
        <span class="muted">First reading:</span> <code>{value ?? 'nothing stated'}</code>
      </p>
      {evidence !== null && <Evidence evidence={evidence} exchange={data.exchanges[evidence.exchange] ?? null} />}
    </div>
  );
}

export interface SideBlockProps {
  readonly side: Side;
  readonly statement: FindingStatement | null;
  readonly data: Pick<ReportEvidence, 'exchanges' | 'excerpts'>;
  readonly withExcerpt: boolean;
  /** Buttons for this side's request. */
  readonly actions?: (exchange: ReportExchange) => ComponentChildren;
}

/** What one side states, how it was read, and where it stands. */
export function SideBlock({ side, statement, data, withExcerpt, actions }: SideBlockProps) {
  const evidence = statement?.evidence ?? null;
  const exchange = evidence === null ? null : (data.exchanges[evidence.exchange] ?? null);
  const excerpt: Excerpt | null = evidence === null ? null : (data.excerpts[excerptKey(evidence)] ?? null);
  return (
    <div class={`side side-${side}`}>
      <p class="side-title">
        <strong>{TITLES[side]}</strong>
      </p>
      <p class={statement?.value == null ? 'value none' : 'value'}>
        <bdi>{legible(statement?.value ?? 'nothing stated')}</bdi>
      </p>
      {statement !== null && <Derivation statement={statement} />}
      {withExcerpt && excerpt !== null && (
        <ExcerptBlock excerpt={excerpt} label={`Body of the ${side} answer around the value`} />
      )}
      {evidence !== null && <Evidence evidence={evidence} exchange={exchange} />}
      {exchange !== null && actions?.(exchange)}
      {statement?.first !== undefined && <FirstReading first={statement.first} data={data} />}
    </div>
  );
}

/** The body around a value; the value's own lines are marked, by an arrow too. */
function ExcerptBlock({ excerpt, label }: { excerpt: Excerpt; label: string }) {
  const [from, to] = excerpt.mark ?? [-1, -1];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section class={from === to ? 'excerpt one-line' : 'excerpt'} aria-label={label} tabIndex={0}>
      <pre>
        {excerpt.text.split('\n').map((line, at) => {
          const marked = at >= from && at <= to;
          const text = `${marked ? '▸ ' : '  '}${line}\n`;
          return marked ? <mark key={at}>{text}</mark> : text;
        })}
      </pre>
    </section>
  );
}
