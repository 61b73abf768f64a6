import { lineEndAt } from './plain-rows.js';

/**
 * The same text with some lines empty, so that they are skipped like blank lines and the numbers of the other lines
 * stay as they are. Lines are counted from 1. The pieces of the text end at line ends.
 */
export async function* skipLines(
  text: AsyncIterable<Buffer>,
  lines: readonly number[],
): AsyncGenerator<Buffer, void, void> {
  const skipped = new SkippedLines(lines);
  for await (const piece of text) yield skipped.without(piece);
}

/** The same for a text in one piece. */
export function withoutLines(text: Buffer, lines: readonly number[]): Buffer {
  return new SkippedLines(lines).without(text);
}

class SkippedLines {
  readonly #lines: ReadonlySet<number>;
  readonly #last: number;
  #line = 1;

  constructor(lines: readonly number[]) {
    this.#lines = new Set(lines);
    this.#last = Math.max(0, ...lines);
  }

  /** The next piece of the text without what is on these lines. */
  without(piece: Buffer): Buffer {
    const kept: Buffer[] = [];
    let from = 0;
    for (let start = 0; start < piece.length && this.#line <= this.#last; this.#line++) {
      const end = lineEndAt(piece, start);
      if (this.#lines.has(this.#line)) {
        kept.push(piece.subarray(from, start));
        from = end.from;
      }
      start = end.to;
    }
    return kept.length === 0 ? piece : Buffer.concat([...kept, piece.subarray(from)]);
  }
}
