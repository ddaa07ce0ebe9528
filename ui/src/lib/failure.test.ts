import { expect, test } from 'vitest';
import { failureWords } from './failure';

const codes = [
  'root_missing', 'root_differs', 'not_a_shelf', 'web_page', 'source_unreachable', 'damaged', 'rollback', 'disk_full',
  'not_found', 'ambiguous', 'no_shelf', 'not_on_this_machine', 'busy', 'newer', 'bad_input', 'keys_exist',
  'keys_missing', 'nothing_approved', 'cancelled', 'io', 'diverged', 'argument', 'dialog', 'print', 'unexpected',
];

test.each(codes)('%s says what happened, what still works and what to do', (code) => {
  const words = failureWords({ code });
  const unexpected = failureWords({ code: 'unexpected' });
  for (const text of Object.values(words)) expect(text).toMatch(/\p{L}.+\.$/u);
  if (code !== 'unexpected') expect(words.what).not.toBe(unexpected.what);
});

test('a code that nobody has words for reads as unexpected', () => {
  expect(failureWords({ code: 'teapot' })).toEqual(failureWords({ code: 'unexpected' }));
});
