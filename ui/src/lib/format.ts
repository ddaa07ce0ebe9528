// Numbers, dates and sizes as both languages write them here: dd/mm/yyyy, decimal comma in Vietnamese.
import { locale, m } from './i18n.svelte';

const NBSP = '\u00a0';
const DAY = 24 * 60 * 60 * 1000;

/** `2026-11-21` or an instant → `21/11/2026`; an instant is shown in the local time of this PC. */
export function date(value: string | Date): string {
  if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)) {
    const [year, month, day] = value.split('-');
    return `${day}/${month}/${year}`;
  }
  const when = new Date(value);
  return `${two(when.getDate())}/${two(when.getMonth() + 1)}/${when.getFullYear()}`;
}

/** An instant → `09:41`. */
export function timeOfDay(value: string | Date): string {
  const when = new Date(value);
  return `${two(when.getHours())}:${two(when.getMinutes())}`;
}

/** Seconds of a recording → `03:12`, from an hour on `1:03:12`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.floor(Number.isFinite(seconds) ? seconds : 0));
  const hours = Math.floor(whole / 3600);
  const rest = `${two(Math.floor((whole % 3600) / 60))}:${two(whole % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

/** `5.274` in Vietnamese, `5,274` in English. */
export function number(value: number, decimals = 0): string {
  return new Intl.NumberFormat(locale.current === 'vi' ? 'vi-VN' : 'en-GB', {
    maximumFractionDigits: decimals,
  }).format(value);
}

/** Bytes → `14 kB`, `18,4 MB`, `1,2 GB`: thousands, as disks and data plans count. */
export function bytes(value: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let amount = Math.max(0, value);
  let unit = 0;
  // 999.5 kB would be rounded to 1000 kB.
  while (unit < units.length - 1 && amount >= (unit < 2 ? 999.5 : 999.95)) {
    amount /= 1000;
    unit += 1;
  }
  return `${number(amount, unit >= 2 && amount < 100 ? 1 : 0)}${NBSP}${units[unit]}`;
}

/** A share from 0 to 1 → `37 %`. */
export function percent(share: number): string {
  return `${number(Math.round(share * 100))}${NBSP}%`;
}

/** Whole days from one calendar day to another, both `yyyy-mm-dd`; never negative. */
export function daysBetween(from: string, to: string): number {
  const span = Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`);
  return Number.isFinite(span) ? Math.max(0, Math.round(span / DAY)) : 0;
}

/** `hôm nay`, `hôm qua`, `cách đây 3 ngày`. */
export function age(days: number): string {
  if (days <= 0) return m.common_age_today();
  if (days === 1) return m.common_age_yesterday();
  return m.common_age_days({ days: number(days) });
}

/** The calendar day of this PC, `yyyy-mm-dd`. */
export function today(now: Date = new Date()): string {
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** Puts a non-breaking space between the name of a part and its number: `Điều 5`, `khoản 1`, `điểm đ`. */
export function keepTogether(text: string): string {
  return text.replace(
    /(?<!\p{L})(Phần|Chương|Mục|Tiểu mục|Điều|Khoản|Điểm|Phụ lục)[ ](?=\d|[IVXLC]+(?!\p{L})|\p{L}(?!\p{L}))/giu,
    `$1${NBSP}`,
  );
}

/** A stretch of text; `whole` ones are numbers of documents, which must not break. */
export interface Stretch {
  text: string;
  whole: boolean;
}

const NUMBER = /\d+(?:\/\d{4})?\/(?:\p{Lu}[\p{Lu}\d]*)(?:-\p{Lu}[\p{Lu}\d]*)*|(?<!\p{L})NĐ-CP(?!\p{L})/gu;

/** Splits off the numbers of documents: `151/2025/NĐ-CP`, `1236/KH-UBND`, `31/2024/QH15`. */
export function stretches(text: string): Stretch[] {
  const kept = keepTogether(text);
  const found: Stretch[] = [];
  let end = 0;
  for (const match of kept.matchAll(NUMBER)) {
    if (match.index > end) found.push({ text: kept.slice(end, match.index), whole: false });
    found.push({ text: match[0], whole: true });
    end = match.index + match[0].length;
  }
  if (end < kept.length) found.push({ text: kept.slice(end), whole: false });
  return found;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
