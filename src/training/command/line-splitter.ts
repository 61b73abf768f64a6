/** A line of output; `cut` where it was longer than may be and only its beginning is here. */
export interface OutputLine {
  readonly text: string;
  readonly cut: boolean;
}

const newline = 10;
const carriageReturn = 13;

/**
 * Cuts a stream of bytes into lines as a terminal would show them in the end: a carriage return that no newline
 * follows begins the line anew, as progress bars do. The last line waits until it is terminated. A line takes
 * at most so many bytes of memory, however long it is.
 */
export class LineSplitter {
  #parts: Buffer[] = [];
  #length = 0;
  #cut = false;
  /** A carriage return has come, and what follows decides what it means. */
  #returned = false;

  constructor(private readonly longest = 1_048_576) {}

  /** The lines that these bytes complete. */
  *add(bytes: Buffer): Generator<OutputLine> {
    let from = 0;
    while (from < bytes.length) {
      const end = bytes.indexOf(newline, from);
      const whole = end < 0 || this.#length > 0 ? null : this.#wholeLine(bytes.subarray(from, end));
      if (whole !== null) {
        yield whole;
        from = end + 1;
        continue;
      }
      this.#take(bytes.subarray(from, end < 0 ? bytes.length : end));
      if (end < 0) return;
      yield this.#finish();
      from = end + 1;
    }
  }

  /** What stands after the last newline; null where nothing does. */
  rest(): OutputLine | null {
    return this.#length === 0 ? null : this.#finish();
  }

  /** The quick way for a line that lies in one piece; null where it needs the other. */
  #wholeLine(piece: Buffer): OutputLine | null {
    if (piece.length > this.longest || piece.includes(carriageReturn)) return null;
    this.#clear();
    return { text: piece.toString('utf8'), cut: false };
  }

  #take(piece: Buffer): void {
    if (piece.length === 0) return;
    const ending = piece[piece.length - 1] === carriageReturn;
    const body = ending ? piece.subarray(0, -1) : piece;
    const back = body.lastIndexOf(carriageReturn);
    if (back >= 0 || (this.#returned && body.length > 0)) this.#clear();
    this.#keep(back < 0 ? body : body.subarray(back + 1));
    this.#returned = ending || (this.#returned && body.length === 0);
  }

  #keep(body: Buffer): void {
    const room = this.longest - this.#length;
    if (body.length > room) this.#cut = true;
    const kept = body.subarray(0, room);
    if (kept.length === 0) return;
    this.#parts.push(Buffer.from(kept)); // a copy: a few bytes must not hold on to a whole chunk
    this.#length += kept.length;
  }

  #finish(): OutputLine {
    const line = { text: Buffer.concat(this.#parts).toString('utf8'), cut: this.#cut };
    this.#clear();
    return line;
  }

  #clear(): void {
    this.#parts = [];
    this.#length = 0;
    this.#cut = false;
    this.#returned = false;
  }
}
