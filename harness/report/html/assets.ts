/** The browser part of the page as built: one script and one style sheet. */
import { readFile } from 'node:fs/promises';
import { HarnessError } from '../../domain/errors.ts';

export interface Assets {
  readonly script: string;
  readonly style: string;
}

/** Beside this file once built; in `dist/` when this file is run from source. */
const PLACES = ['./', '../../../dist/report/html/'].map((place) => new URL(place, import.meta.url));

async function readAsset(name: string, places: readonly URL[]): Promise<string> {
  for (const place of places) {
    try {
      return await readFile(new URL(name, place), 'utf8');
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    }
  }
  throw new HarnessError('report-write', `the browser part of the HTML report is missing: ${name} was never built`, {
    context: { file: name },
    hint: 'Run `npm run build` (an installed package has it built in).',
  });
}

/**
 * @param places folders to look in, by preference.
 * @throws HarnessError `report-write` if it was not built.
 */
export async function loadAssets(places: readonly URL[] = PLACES): Promise<Assets> {
  const [script, style] = await Promise.all([readAsset('client.js', places), readAsset('client.css', places)]);
  return { script: script.replaceAll('</script', '<\\/script'), style: style.replaceAll('</style', '<\\/style') };
}
