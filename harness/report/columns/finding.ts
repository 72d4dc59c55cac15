/** What stands of a finding in a row of a spreadsheet. */
import type { Finding } from '../../domain/run-result.ts';
import { moneyOf, moneyWords, notAtRisk } from '../words/finding.ts';
import { AMOUNT, type Column, DATE, FIGURE, VALUE, wide } from './column.ts';

export const FINDING_COLUMNS: readonly Column<Finding>[] = [
  ['id', ({ id }) => id, wide(15)],
  ['status', ({ status }) => status, wide(15)],
  ['category', ({ category }) => category, wide(11)],
  ['rule', ({ rule }) => rule, wide(26)],
  ['side', ({ side }) => side, wide(10)],
  ['organisations', ({ orgs }) => orgs.map(({ id, name }) => name ?? id).join(' + '), wide(30)],
  ['organisation ids', ({ orgs }) => orgs.map(({ id }) => id).join(' + '), wide(38)],
  ['region', ({ region }) => region, wide(14)],
  ['app', ({ appId }) => appId, wide(14)],
  ['sku', ({ sku }) => sku],
  ['part number', ({ partNumber }) => partNumber],
  ['period start', ({ period }) => period?.start, DATE],
  ['period end', ({ period }) => period?.end, DATE],
  ['period status', ({ period }) => period?.status, wide(13)],
  ['legacy', ({ legacy }) => legacy?.value, VALUE],
  ['contract', ({ contract }) => contract?.value, VALUE],
  ['delta', ({ delta }) => delta, FIGURE],
  ['relative', ({ relative }) => relative, FIGURE],
  ['currency', ({ moneyAtRisk }) => moneyAtRisk?.currency, wide(10)],
  // Apart, so that the sum of a column is money at risk and nothing else.
  ['amount at risk', (finding) => (notAtRisk(finding) === null ? finding.moneyAtRisk?.amount : null), AMOUNT],
  ['amount not at risk', (finding) => (notAtRisk(finding) === null ? null : finding.moneyAtRisk?.amount), AMOUNT],
  ['direction', ({ moneyAtRisk }) => moneyAtRisk?.direction, wide(13)],
  ['all money', (finding) => (moneyOf(finding).length > 1 ? moneyWords(finding) : null)],
  ['root cause', ({ rootCause }) => rootCause],
  ['follows from', ({ derivedFrom }) => derivedFrom, wide(15)],
  ['reason', ({ reason }) => reason, wide(80)],
  ['waiver reason', ({ waiver }) => waiver?.reason, wide(30)],
  ['waiver owner', ({ waiver }) => waiver?.owner],
  ['waiver ticket', ({ waiver }) => waiver?.ticket, wide(14)],
  ['waiver expires', ({ waiver }) => waiver?.expires, DATE],
  ['legacy request', ({ legacy }) => legacy?.evidence?.url, wide(40)],
  ['legacy pointer', ({ legacy }) => legacy?.evidence?.pointer],
  ['contract request', ({ contract }) => contract?.evidence?.url, wide(40)],
  ['contract pointer', ({ contract }) => contract?.evidence?.pointer],
  ['contract correlation id', ({ contract }) => contract?.evidence?.correlationId],
];
