import { textWidth } from '../../text/text-width.js';
import { cutText } from '../../text/wrapped-text.js';
import { escapeCodes, type TextStyle } from './text-style.js';

/** A piece of a line: what it means, and its text. */
export type LinePiece = readonly [textStyle: TextStyle, text: string];

interface SignedLine {
  readonly pieces: readonly LinePiece[];
  readonly width: number;
  readonly coloured: boolean;
}

/** Unicode's first area for private use. A screen has far fewer lines. */
const [FIRST_SIGN, LAST_SIGN] = [0xe000, 0xf8ff];
const ESCAPE_CODE = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'y');

/**
 * The lines of the screen, while Ink lays it out. Ink splits every text of every frame into characters and measures
 * each of them, changed or not, and it keeps every text that it has ever measured. So it gets a single character for
 * each line, a *sign*, and `expand` puts the lines into the finished frame.
 */
export class LineSigns {
  readonly #lines = new Map<string, SignedLine>();
  #last = LAST_SIGN;

  /** A sign for a line, until it is released. */
  add(pieces: readonly LinePiece[], coloured: boolean): string {
    const width = pieces.reduce((sum, [, text]) => sum + textWidth(text), 0);
    const sign = this.#freeSign();
    this.#lines.set(sign, {
      pieces: width === 0 ? [['plain', ' ']] : pieces,
      width: Math.max(1, width),
      coloured,
    });
    return sign;
  }

  release(sign: string): void {
    this.#lines.delete(sign);
  }

  /** The frame with lines instead of signs, each cut where something else begins, or at the edge of the terminal. */
  expand(frame: string, columns: number): string {
    return frame
      .split('\n')
      .map((row) => this.#expandRow(row, columns))
      .join('\n');
  }

  #expandRow(row: string, columns: number): string {
    let [text, column, i] = ['', 0, 0];
    while (i < row.length) {
      const line = this.#lines.get(row.charAt(i));
      if (line === undefined) {
        ESCAPE_CODE.lastIndex = i;
        const code = ESCAPE_CODE.exec(row)?.[0];
        text += code ?? row.charAt(i);
        column += code === undefined ? 1 : 0;
        i += code?.length ?? 1;
        continue;
      }
      let end = i + 1;
      while (row.charAt(end) === ' ') end++;
      // The terminal may have become smaller since.
      const room = end === row.length ? Math.max(0, columns - column) : end - i;
      const width = Math.min(line.width, room);
      text += textOf(line, room);
      column += width;
      i = Math.min(end, i + Math.max(1, width));
    }
    return text.trimEnd();
  }

  /** The one after the last, so that a line that changes gets another sign, and Ink draws it. */
  #freeSign(): string {
    for (let tried = FIRST_SIGN; tried <= LAST_SIGN; tried++) {
      this.#last = this.#last === LAST_SIGN ? FIRST_SIGN : this.#last + 1;
      const sign = String.fromCharCode(this.#last);
      if (!this.#lines.has(sign)) return sign;
    }
    throw new Error('more lines than signs');
  }
}

function textOf({ pieces, coloured }: SignedLine, room: number): string {
  let [text, left] = ['', room];
  for (const [textStyle, piece] of pieces) {
    const cut = cutText(piece, left);
    const [open, close] = escapeCodes(textStyle, coloured);
    if (cut !== '') text += open + cut + close;
    left -= textWidth(cut);
    if (cut !== piece) break;
  }
  return text;
}
