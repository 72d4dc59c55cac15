import type { SliceFile } from '../share/slice.ts';

/** Hands a file to the browser's downloads. */
export function save({ name, type, parts }: SliceFile): void {
  const address = URL.createObjectURL(new Blob([...parts], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The download has taken hold of it by the next turn of the event loop.
  setTimeout(() => URL.revokeObjectURL(address));
}
