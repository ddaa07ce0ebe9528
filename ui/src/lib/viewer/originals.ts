// What of a document's files can be shown here, and how.
import type { DocumentPage, ObjectRow, Place } from '$lib/host/types';

export type PieceKind = 'media' | 'pdf' | 'images' | 'file';

/** One thing to look at: a recording, a PDF, the pictures together, or a file that other programs open. */
export interface Piece {
  /** SHA-256 of its first file. */
  id: string;
  kind: PieceKind;
  objects: ObjectRow[];
}

/** Recordings first: they are the document itself; a PDF beside a picture is what was scanned. */
export function piecesOf(objects: readonly ObjectRow[]): Piece[] {
  const pieces: Piece[] = [];
  const images = objects.filter((object) => kindOf(object) === 'images');
  for (const kind of ['media', 'pdf', 'images', 'file'] as const) {
    if (kind === 'images') {
      if (images[0]) pieces.push({ id: images[0].sha256, kind, objects: images });
      continue;
    }
    for (const object of objects) {
      if (kindOf(object) === kind) pieces.push({ id: object.sha256, kind, objects: [object] });
    }
  }
  return pieces;
}

/** The piece that a place is on; without one, the first that is on this machine. */
export function pieceAt(pieces: readonly Piece[], place: Place): Piece | undefined {
  const holds = (piece: Piece) => piece.objects.some((object) => object.sha256 === place.object);
  const wanted: PieceKind | undefined = place.timeMs !== null ? 'media' : undefined;
  return (
    pieces.find(holds) ??
    pieces.find((piece) => piece.kind === wanted) ??
    pieces.find((piece) => piece.objects.some((object) => object.here)) ??
    pieces[0]
  );
}

function kindOf({ role, mediaType }: ObjectRow): PieceKind | undefined {
  // Subtitles are in the cues, a poster in the player.
  if (role === 'subtitles' || role === 'poster') return undefined;
  if (mediaType.startsWith('video/') || mediaType.startsWith('audio/')) return 'media';
  if (mediaType === 'application/pdf') return 'pdf';
  if (mediaType.startsWith('image/')) return 'images';
  return 'file';
}

export const nowhere: Place = { provision: null, object: null, page: null, timeMs: null };

/** The recording was spoken by a machine, which whoever plays it to people must know. */
export function isMachineVoice(page: Pick<DocumentPage, 'notes'>): boolean {
  return page.notes.some((note) => /giọng máy|giọng tổng hợp/iu.test(note));
}
