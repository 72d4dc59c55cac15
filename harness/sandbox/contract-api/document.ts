/** A small PDF that stands for an invoice, and the signature by which its links are known. */
import { createHash } from 'node:crypto';
import type { Invoice } from '../contract-book/book.ts';

/** Whoever holds it can see and pay the invoice: nothing that a client may keep. */
export const signatureOf = (seed: number, invoiceId: string): string =>
  createHash('sha256').update(`signature ${seed} ${invoiceId}`).digest('hex');

/** Valid PDF 1.4 with one line of text; its cross-reference table is worked out, so that strict readers open it. */
export function invoicePdf(invoice: Invoice): Buffer {
  const text = `Invoice ${invoice.id}  ${invoice.currency} ${invoice.amount}`;
  const stream = `BT /F1 12 Tf 40 780 Td (${text}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let pdf = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = pdf.length;
    pdf += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return String(offset).padStart(10, '0');
  });
  const table = ['0000000000 65535 f ', ...offsets.map((offset) => `${offset} 00000 n `)].join('\n');
  const size = objects.length + 1;
  return Buffer.from(
    `${pdf}xref\n0 ${size}\n${table}\ntrailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${pdf.length}\n%%EOF\n`,
    'latin1',
  );
}
