import { hash } from 'node:crypto';

const LENGTH = 12;

/** Twelve hexadecimal digits of the SHA-256 of a text. */
export const shortHash = (text: string): string => hash('sha256', text, 'hex').slice(0, LENGTH);
