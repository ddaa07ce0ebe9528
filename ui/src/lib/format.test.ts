import { afterEach, describe, expect, test } from 'vitest';
import { age, bytes, date, daysBetween, duration, keepTogether, number, percent, stretches, today } from './format';
import { locale } from './i18n.svelte';

afterEach(() => {
  locale.current = 'vi';
});

describe('sizes', () => {
  test.each([
    [0, '0\u00a0B'],
    [14_000, '14\u00a0kB'],
    [999_499, '999\u00a0kB'],
    [999_600, '1\u00a0MB'],
    [18_400_000, '18,4\u00a0MB'],
    [1_200_000_000, '1,2\u00a0GB'],
    [250_300_000, '250\u00a0MB'],
  ])('%d bytes read %s', (value, words) => expect(bytes(value)).toBe(words));

  test('English has a decimal point', () => {
    locale.current = 'en';
    expect(bytes(18_400_000)).toBe('18.4\u00a0MB');
    expect(number(5274)).toBe('5,274');
  });
});

test('thousands have a point in Vietnamese', () => {
  expect(number(5274)).toBe('5.274');
  expect(percent(0.374)).toBe('37\u00a0%');
});

test('a calendar day is not moved by the time zone', () => {
  expect(date('2026-11-21')).toBe('21/11/2026');
  expect(date(new Date(2026, 0, 2, 23, 59))).toBe('02/01/2026');
  expect(today(new Date(2026, 10, 5, 0, 1))).toBe('2026-11-05');
});

test('recordings count minutes, long ones hours', () => {
  expect(duration(192.9)).toBe('03:12');
  expect(duration(3792)).toBe('1:03:12');
  expect(duration(Number.NaN)).toBe('00:00');
});

test('ages are whole days and never negative', () => {
  expect(daysBetween('2026-10-05', '2026-11-21')).toBe(47);
  expect(daysBetween('2026-11-21', '2026-11-20')).toBe(0);
  expect([age(0), age(1), age(3)]).toEqual(['hôm nay', 'hôm qua', 'cách đây 3 ngày']);
});

test('the number stays with its word', () => {
  expect(keepTogether('điểm b khoản 7 Điều 219')).toBe('điểm\u00a0b khoản\u00a07 Điều\u00a0219');
  expect(keepTogether('Chương X')).toBe('Chương\u00a0X');
  expect(keepTogether('Điều này')).toBe('Điều này');
  expect(keepTogether('điều có lợi')).toBe('điều có lợi');
  expect(keepTogether('các điều kiện')).toBe('các điều kiện');
});

test('numbers of documents are cut out whole and nothing is lost', () => {
  const text = 'bởi 151/2025/NĐ-CP và 1236/KH-UBND, ngày 01/07/2025';
  const parts = stretches(text);
  expect(parts.filter((part) => part.whole).map((part) => part.text)).toEqual(['151/2025/NĐ-CP', '1236/KH-UBND']);
  expect(parts.map((part) => part.text).join('')).toBe(text);
  expect(stretches('31/2024/QH15')).toEqual([{ text: '31/2024/QH15', whole: true }]);
});
