/** Letters of Jrai and Bahnar that a Vietnamese keyboard has not, in NFC. For some the breve has no letter of its own. */
export const letters = ['ă', 'ĕ', 'ĭ', 'ŏ', 'ŭ', 'ơ̆', 'ư̆', 'ê̆', 'ô̆', 'ƀ', 'č', 'ñ'].map((letter) => letter.normalize('NFC'));

export function capital(letter: string): string {
  return letter.toUpperCase();
}
