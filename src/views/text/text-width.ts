import stringWidth from 'string-width';

/**
 * How many columns of a terminal a text takes. The bundled command line uses this function in place of the library in
 * Ink too: the library compiles its expressions for emoji, which takes longer than the first frame otherwise does.
 */
export function textWidth(text: string): number {
  return plain.test(text) ? text.length : stringWidth(text);
}

/**
 * A screen measures many texts. Most consist of ASCII, arrows, blocks, braille and other signs that take one column
 * each, or of a character for private use that stands for a line, so counting them is enough.
 */
const plain = /^[ -~·–—…←-↓─-▼◀◌◐●○⠀-⣿✔✗\ue000-\uf8ff]*$/;
