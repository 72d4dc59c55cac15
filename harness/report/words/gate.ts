/** What a check of the gate asks for, in words. */
import type { GateCheck } from '../../domain/verdict.ts';

const TITLES: Readonly<Record<string, string>> = {
  minParity: 'Parity, at least',
  minCoverage: 'Coverage, at least',
  expiredWaivers: 'Expired waivers, at most',
  failOnDrift: 'Schema drift, at most',
  tieOut: 'Tie-out, residual',
  accounts: 'Records in no account, at most',
};

/** Checks of shares. */
export const PERCENT: ReadonlySet<string> = new Set(['minParity', 'minCoverage']);

export function gateTitle({ name }: GateCheck): string {
  const [kind = '', currency] = name.split('.');
  if (kind === 'maxMoneyAtRisk' && currency !== undefined) return `Money at risk, ${currency}, at most`;
  if (kind === 'maxWaivedMoney' && currency !== undefined) return `Money waived, ${currency}, at most`;
  return TITLES[name] ?? name;
}
