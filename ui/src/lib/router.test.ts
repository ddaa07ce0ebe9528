import { beforeEach, expect, test } from 'vitest';
import { MAX_DOCUMENTS, router } from './router.svelte';

beforeEach(() => router.forget());

const search = (q: string) => ({ name: 'search' as const, q, filters: {} });
const document = (id: string) => ({ name: 'document' as const, id });

test('back and forward walk the history, and a new step cuts what lay ahead', () => {
  router.go(search('a'));
  router.go(search('b'));
  router.back();
  expect(router.view).toEqual(search('a'));
  expect(router.canForward).toBe(true);
  router.forward();
  expect(router.view).toEqual(search('b'));
  router.back();
  router.go(document('x'));
  expect(router.canForward).toBe(false);
  expect(location.hash).toBe('#/document/x');
});

test('going where one is adds no step', () => {
  router.go(search('a'));
  router.go(search('a'));
  router.back();
  expect(router.view).toEqual({ name: 'home' });
});

test('a step keeps what its view left there', () => {
  router.go(search('a'));
  router.keep('scroll', 120);
  router.go(document('x'));
  expect(router.kept('scroll')).toBeUndefined();
  router.back();
  expect(router.kept('scroll')).toBe(120);
});

test('a tab comes back where it was left', () => {
  router.go(document('x'));
  router.replace({ name: 'document', id: 'x', provision: 'dieu_5' });
  router.go(document('y'));
  router.show('x');
  expect(router.view).toEqual({ name: 'document', id: 'x', provision: 'dieu_5' });
});

test('closing the tab in front shows its neighbour, the last one the search', () => {
  router.go(document('x'));
  router.go(document('y'));
  router.close('y');
  expect(router.currentDocument).toBe('x');
  router.close('x');
  expect(router.view.name).toBe('search');
});

test('Ctrl Tab goes round, and from elsewhere to the first tab', () => {
  for (const id of ['x', 'y', 'z']) router.go(document(id));
  router.step(1);
  expect(router.currentDocument).toBe('x');
  router.step(-1);
  expect(router.currentDocument).toBe('z');
  router.go(search('a'));
  router.step(1);
  expect(router.currentDocument).toBe('x');
});

test('the oldest tab closes when there are too many', () => {
  for (let at = 0; at <= MAX_DOCUMENTS; at += 1) router.go(document(`d${at}`));
  expect(router.documents).toHaveLength(MAX_DOCUMENTS);
  expect(router.documents[0]?.id).toBe('d1');
});

test('nothing of a visit is left', () => {
  router.go(search('riêng'));
  router.go(document('x'));
  router.forget();
  expect(router.documents).toEqual([]);
  expect(router.canBack || router.canForward).toBe(false);
  expect(location.hash).toBe('#/');
});

test('the address leads to a view', () => {
  const stop = router.start();
  location.hash = '#/search?q=khai%20sinh';
  dispatchEvent(new Event('hashchange'));
  expect(router.view).toEqual(search('khai sinh'));
  stop();
});

test('what was opened is known as visited until the visit ends', () => {
  router.go({ ...document('a'), provision: 'dieu_5' });
  expect(router.visited('a', 'dieu_5')).toBe(true);
  expect(router.visited('a')).toBe(false);
  router.forget();
  expect(router.visited('a', 'dieu_5')).toBe(false);
});
