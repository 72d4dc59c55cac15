/** Findings as comma separated values, safe in spreadsheets. */
import type { Finding } from '../../domain/run-result.ts';
import { moneyOf, moneyWords, notAtRisk } from '../finding-words.ts';
import { type Column, csvOf } from './cells.ts';

const COLUMNS: readonly Column<Finding>[] = [
  ['id', ({ id }) => id],
  ['status', ({ status }) => status],
  ['category', ({ category }) => category],
  ['rule', ({ rule }) => rule],
  ['side', ({ side }) => side],
  ['organisations', ({ orgs }) => orgs.map(({ id, name }) => name ?? id).join(' + ')],
  ['organisation ids', ({ orgs }) => orgs.map(({ id }) => id).join(' + ')],
  ['region', ({ region }) => region],
  ['app', ({ appId }) => appId],
  ['sku', ({ sku }) => sku],
  ['part number', ({ partNumber }) => partNumber],
  ['period start', ({ period }) => period?.start],
  ['period end', ({ period }) => period?.end],
  ['period status', ({ period }) => period?.status],
  ['legacy', ({ legacy }) => legacy?.value],
  ['contract', ({ contract }) => contract?.value],
  ['delta', ({ delta }) => delta],
  ['relative', ({ relative }) => relative],
  ['currency', ({ moneyAtRisk }) => moneyAtRisk?.currency],
  // Apart, so that the sum of a column is money at risk and nothing else.
  ['amount at risk', (finding) => (notAtRisk(finding) === null ? finding.moneyAtRisk?.amount : null)],
  ['amount not at risk', (finding) => (notAtRisk(finding) === null ? null : finding.moneyAtRisk?.amount)],
  ['direction', ({ moneyAtRisk }) => moneyAtRisk?.direction],
  ['all money', (finding) => (moneyOf(finding).length > 1 ? moneyWords(finding) : null)],
  ['root cause', ({ rootCause }) => rootCause],
  ['follows from', ({ derivedFrom }) => derivedFrom],
  ['reason', ({ reason }) => reason],
  ['waiver reason', ({ waiver }) => waiver?.reason],
  ['waiver owner', ({ waiver }) => waiver?.owner],
  ['waiver ticket', ({ waiver }) => waiver?.ticket],
  ['waiver expires', ({ waiver }) => waiver?.expires],
  ['legacy request', ({ legacy }) => legacy?.evidence?.url],
  ['legacy pointer', ({ legacy }) => legacy?.evidence?.pointer],
  ['contract request', ({ contract }) => contract?.evidence?.url],
  ['contract pointer', ({ contract }) => contract?.evidence?.pointer],
  ['contract correlation id', ({ contract }) => contract?.evidence?.correlationId],
];

/** The heading, then batches of rows. */
export const csvRows = (findings: readonly Finding[]): Iterable<string> => csvOf(COLUMNS, findings);
