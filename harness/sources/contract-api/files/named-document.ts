import type { Document } from '../../document.ts';

/** A body with the name of its file, relative to the folder. */
export interface NamedDocument {
  readonly name: string;
  readonly document: Document;
}
