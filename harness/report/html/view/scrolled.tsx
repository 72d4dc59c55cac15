import type { ComponentChildren } from 'preact';

/** A wide table that scrolls by itself, by keyboard too. */
export const Scrolled = ({ label, children }: { label: string; children: ComponentChildren }) => (
  // biome-ignore lint/a11y/useSemanticElements: a section of its own would be a landmark, and these are too many.
  // biome-ignore lint/a11y/noNoninteractiveTabindex: without it, nobody could scroll it by keyboard alone.
  <div class="table-scroll" role="group" tabIndex={0} aria-label={label}>
    {children}
  </div>
);
