/** Blocks that come in one answer; the first ones fill a screen several times over. */
export const CHUNK = 80;

export const chunkOf = (block: number): number => Math.floor(block / CHUNK);
export const chunkCount = (total: number): number => Math.ceil(total / CHUNK);

/** The chunk to load next: the wanted one, then what follows it, then back towards the beginning. */
export function nextChunk(has: (chunk: number) => boolean, count: number, wanted: number): number | undefined {
  for (let chunk = Math.max(0, wanted); chunk < count; chunk += 1) if (!has(chunk)) return chunk;
  for (let chunk = Math.min(wanted, count) - 1; chunk >= 0; chunk -= 1) if (!has(chunk)) return chunk;
  return undefined;
}
