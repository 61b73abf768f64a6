import { escapeControls } from '../../text/quote.js';

/** Draws markup in steps. */
type Drawing = () => Generator<undefined, Html>;

/** A text, or markup that is not drawn yet. */
type Piece = string | Drawing;

/** Markup that is safe to put into a page as it is. Parts of it may not be drawn yet. */
export class Html {
  #pieces: readonly Piece[];

  constructor(pieces: string | readonly Piece[]) {
    this.#pieces = typeof pieces === 'string' ? [pieces] : pieces;
  }

  get pieces(): readonly Piece[] {
    return this.#pieces;
  }

  /** Draws what is not drawn yet. */
  get text(): string {
    const drawing = this.draw();
    for (;;) {
      const step = drawing.next();
      if (step.done === true) return step.value;
    }
  }

  /** Draws what is not drawn yet, and stops after each step of it, so that a program can do something else. */
  *draw(): Generator<undefined, string> {
    let text = '';
    for (const piece of this.#pieces) {
      if (typeof piece === 'string') {
        text += piece;
        continue;
      }
      const drawn = yield* piece();
      yield;
      text += yield* drawn.draw();
    }
    this.#pieces = [text];
    return text;
  }
}

/** Markup that takes time to make. It is drawn when the text is needed. */
export function drawnLater(draw: Drawing): Html {
  return new Html([draw]);
}

/** What may stand in a template: text is escaped, markup is not, null and false are nothing. */
type Part = Html | string | number | null | false | undefined | readonly Part[];

/**
 * Markup from a template. Every value that is not markup itself is escaped, in text and in quoted attributes alike,
 * so names from data and config cannot be more than names.
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const pieces: Piece[] = [];
  for (const [i, text] of strings.entries()) {
    append(pieces, text);
    appendPart(pieces, parts[i]);
  }
  return new Html(pieces);
}

function appendPart(pieces: Piece[], part: Part): void {
  if (part === null || part === undefined || part === false) return;
  if (part instanceof Html) for (const piece of part.pieces) append(pieces, piece);
  else if (typeof part === 'object') for (const one of part) appendPart(pieces, one);
  else append(pieces, escaped(escapeControls(String(part))));
}

/** Texts next to each other become one. */
function append(pieces: Piece[], piece: Piece): void {
  const last = pieces.at(-1);
  if (typeof piece === 'string' && typeof last === 'string') pieces[pieces.length - 1] = last + piece;
  else pieces.push(piece);
}

/** Text that stays text inside an element or a quoted attribute. */
export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
