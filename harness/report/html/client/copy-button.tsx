import { useEffect, useState } from 'preact/hooks';
import { copyText } from './clipboard.ts';

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
