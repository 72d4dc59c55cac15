import { useEffect, useState } from 'preact/hooks';

const SHOWN_MS = 1600;

/** Copies on click and says whether it worked. */
export function CopyButton({ label, text }: { label: string; text: () => string }) {
  const [outcome, setOutcome] = useState<string | null>(null);
  useEffect(() => {
    if (outcome === null) return;
    const timer = setTimeout(() => setOutcome(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = async (): Promise<void> => setOutcome((await copyText(text())) ? 'Copied' : 'Copying was refused');
  return (
    <>
      <button type="button" class="button small" onClick={copy}>
        {label}
      </button>
      <span class="told" role="status">
        {outcome}
      </span>
    </>
  );
}

/** Copies text; pages opened from disk or in a frame may lack the modern way, so that the old one stands behind it. */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    area.className = 'unseen';
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    return done;
  }
}
