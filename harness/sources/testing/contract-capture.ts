/** Everything that the contract API has, as a run asks for it that leaves nothing out. */
import {
  assembleCapture,
  type ContractCapture,
  type ContractCaptureInput,
  captureContracts,
  captureListings,
} from '../contract-api/capture.ts';
import { captureInvoices } from '../contract-api/invoices.ts';
import { NOT_PROBED } from '../contract-api/probes/probe.ts';

export async function captureAll(input: ContractCaptureInput, documents = false): Promise<ContractCapture> {
  const listings = await captureListings(input, 'listed');
  const [contracts, invoices] = await Promise.all([
    captureContracts(input, listings.contracts.entries),
    captureInvoices(input, listings, { asked: 'all', since: null, documents }),
  ]);
  return assembleCapture(listings, contracts, invoices, NOT_PROBED);
}
