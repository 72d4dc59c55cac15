/** The reporters that people name, read when they are asked for. */
import { HarnessError } from '../domain/errors.ts';
import { DEFAULT_REPORTERS, REPORTER_NAMES, type ReporterName } from '../report/names.ts';
import { loadReporter } from '../report/registry.ts';
import type { Reporter } from '../report/reporter.ts';

/**
 * In their own order, each once.
 * @param names null: the default ones.
 * @param offered those that may be asked for here.
 * @throws HarnessError `usage` for a name that no reporter has, or that is not offered.
 */
export async function chooseReporters(
  names: readonly string[] | null,
  offered: readonly ReporterName[] = REPORTER_NAMES,
): Promise<readonly Reporter[]> {
  const wanted: readonly string[] = names ?? DEFAULT_REPORTERS;
  const unknown = wanted.find((name) => !offered.some((known) => known === name));
  if (unknown !== undefined) {
    const known = REPORTER_NAMES.some((name) => name === unknown);
    throw new HarnessError(
      'usage',
      known ? `${unknown} is written by a run alone` : `there is no reporter ${unknown}`,
      {
        hint: `There are: ${offered.join(', ')}. Several by comma: --reporter ${offered.slice(0, 2).join(',')}.`,
      },
    );
  }
  return Promise.all(offered.filter((name) => wanted.includes(name)).map(loadReporter));
}
