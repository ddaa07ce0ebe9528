import type { DocumentLine } from '$lib/host/types';
import { m } from '$lib/i18n.svelte';

/** What each field of the data is called, in the order in which they are shown. */
export const fieldWords: Record<string, () => string> = {
  number: m.document_field_number,
  kind: m.document_field_kind,
  title: m.document_field_title,
  issuer: m.document_field_issuer,
  place: m.document_field_place,
  issued: m.document_field_issued,
  effective: m.document_field_effective,
  expires: m.document_field_expires,
  status: m.document_field_status,
  status_as_of: m.document_field_status_as_of,
  signer: m.document_field_signer,
  signer_title: m.document_field_signer_title,
  gazette_number: m.document_field_gazette_number,
  gazette_date: m.document_field_gazette_date,
  topic: m.document_field_topic,
  audience: m.document_field_audience,
  language: m.document_field_language,
  author: m.document_field_author,
  applies_in: m.document_field_applies_in,
  file_at: m.document_field_file_at,
  fee: m.document_field_fee,
  days: m.document_field_days,
};

/** Of a form: where to file it, what it costs, how long it takes. */
export const filingFields = ['file_at', 'fee', 'days'];

export function expectedFields(line: DocumentLine): string[] {
  return line.product
    ? ['author', 'audience']
    : ['number', 'issued', 'effective', 'expires', 'status_as_of', 'signer', 'gazette_number'];
}
