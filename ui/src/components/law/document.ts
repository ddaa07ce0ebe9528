// How a document is named on the screen.
import type { DocumentLine, Product } from '$lib/host/types';
import type { IconName } from '$lib/icons/names';
import { productLook } from './products';

const SAMPLE = / \(Dữ liệu mẫu\)$/u;

/** Its title; sample data says so by a tag, not once more in its title. */
export function titleOf(line: Pick<DocumentLine, 'title' | 'sample'>): string {
  return line.sample ? line.title.replace(SAMPLE, '') : line.title;
}

/** "Quyết định 9010/2026/QĐ-UBND"; a document without a number by its title. */
export function nameOf(line: Pick<DocumentLine, 'kind' | 'number' | 'title' | 'sample'>): string {
  if (!line.number) return titleOf(line);
  return line.kind ? `${line.kind} ${line.number}` : line.number;
}

export function productWord(product: Product): string {
  return productLook[product].name();
}

export function iconOf(line: Pick<DocumentLine, 'product'>): IconName {
  return line.product ? productLook[line.product].icon : 'file-text';
}

/** What the data calls the products where it names kinds of documents. */
const kinds: Record<Product, string> = {
  outline: 'Đề cương',
  book: 'Sách',
  handbook: 'Cẩm nang',
  leaflet: 'Tờ gấp',
  legal_story: 'Câu chuyện pháp luật',
  skit: 'Tiểu phẩm',
  video: 'Video',
  e_lecture: 'Bài giảng điện tử',
  news: 'Tin',
  feature: 'Bài',
  qa: 'Hỏi đáp pháp luật',
  loudspeaker: 'Truyền thanh',
  form: 'Biểu mẫu',
  audio: 'Âm thanh',
};

const byKind = new Map(Object.entries(kinds).map(([product, kind]) => [kind, product as Product] as const));

/** The product that a kind of the data means; undefined for kinds of acts. */
export function productOfKind(kind: string): Product | undefined {
  return byKind.get(kind);
}

/** A kind in the language of the reader, where it is a product; kinds of acts keep their name. */
export function kindWord(kind: string): string {
  const product = byKind.get(kind);
  return product ? productWord(product) : kind;
}
