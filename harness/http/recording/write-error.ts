import { HarnessError } from '../../domain/errors.ts';

const HINTS: Readonly<Record<string, string>> = {
  ENOSPC: 'The disk is full: free some space and go on with --resume.',
  EFBIG: 'Files may not grow so large here (ulimit -f): allow more and go on with --resume.',
  EDQUOT: 'The quota is used up: free some space and go on with --resume.',
  EACCES: 'Allow writing there, or choose another folder with --record.',
  EPERM: 'Allow writing there, or choose another folder with --record.',
  EROFS: 'The file system is read-only: choose another folder with --record.',
};

/** A snapshot that cannot be written, with the file and what to do. */
export function writeError(file: string, cause: unknown): HarnessError {
  const code = cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : null;
  return new HarnessError(
    'snapshot-write',
    `cannot write ${file}: ${cause instanceof Error ? cause.message : String(cause)}`,
    {
      cause,
      context: { file, code },
      hint: HINTS[code ?? ''] ?? 'Choose another folder with --record.',
    },
  );
}
