import { useEffect, useState } from 'preact/hooks';

const TOLD_MS = 1600;

/** Copies on click and says whether it worked. */
export function CopyButton({ label, text }: { label: string; text: () => string }) {
  const [told, setTold] = useState<string | null>(null);
  useEffect(() => {
    if (told === null) return;
    const timer = setTimeout(() => setTold(null), TOLD_MS);
    return () => clearTimeout(timer);
  }, [told]);
  const copy = async (): Promise<void> => setTold((await copyText(text())) ? 'Copied' : 'Copying was refused');
  return (
    <>
      <button type="button" class="button small" onClick={copy}>
        {label}
      </button>
      <span class="told" role="status">
        {told}
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
