// What the sync view adds to the words for a failure.
import type { Failure } from '$lib/host/types';

/** Nobody answered: the network, the address, the stick. */
export function isUnreachable(failure: Failure): boolean {
  return failure.code === 'source_unreachable' || failure.code === 'web_page';
}

export function isAddress(source: string): boolean {
  return /^https?:\/\//iu.test(source);
}

/** Bytes that the disk is short of, which the engine names in whole megabytes; undefined where it does not. */
export function bytesShort(failure: Failure): number | undefined {
  const found = /(\d+) MB are needed and (\d+) MB are free/u.exec(failure.detail);
  const short = found ? Number(found[1]) - Number(found[2]) : 0;
  return short > 0 ? short * 1_000_000 : undefined;
}
