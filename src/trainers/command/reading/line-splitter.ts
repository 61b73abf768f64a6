/** A line of output; `cut` where it was longer than may be and only its beginning is here. */
export interface OutputLine {
  readonly text: string;
  readonly cut: boolean;
}

const NEWLINE = 10;
const CARRIAGE_RETURN = 13;

/**
 * Cuts a stream of bytes into lines. A carriage return that no newline follows starts the line over, as progress bars
 * do: what stood there comes as a line of its own, its text ending in the carriage return. The last line waits until it
 * is terminated. The memory that a line takes is bounded, however long it is.
 */
export class LineSplitter {
  #parts: Buffer[] = [];
  #length = 0;
  #cut = false;
  /** A carriage return has come, and what follows decides what it means. */
  #returned = false;
  /** Something stood on this line before. */
  #drawnOver = false;

  constructor(private readonly longest = 1_048_576) {}

  /** Whether the present line is already longer than may be. */
  get isOverlong(): boolean {
    return this.#cut;
  }

  /** The lines that these bytes complete. */
  *add(bytes: Buffer): Generator<OutputLine> {
    let from = 0;
    while (from < bytes.length) {
      const end = bytes.indexOf(NEWLINE, from);
      const whole = end < 0 || this.#length > 0 ? null : this.#wholeLine(bytes.subarray(from, end));
      if (whole !== null) yield whole;
      else {
        yield* this.#draw(bytes.subarray(from, end < 0 ? bytes.length : end));
        if (end < 0) return;
        yield this.#finish();
      }
      from = end + 1;
    }
  }

  /** What stands after the last newline, an empty text where it was wiped out; null where nothing ever stood there. */
  rest(): OutputLine | null {
    return this.#length === 0 && !this.#drawnOver ? null : this.#finish();
  }

  /** The quick way for a line that lies in one piece; null where it needs the other. */
  #wholeLine(piece: Buffer): OutputLine | null {
    if (piece.length > this.longest || piece.includes(CARRIAGE_RETURN)) return null;
    this.#clear();
    return { text: piece.toString('utf8'), cut: false };
  }

  /** Takes a piece without newlines, and gives every drawing that another one follows. */
  *#draw(piece: Buffer): Generator<OutputLine> {
    for (let from = 0; ; ) {
      const back = piece.indexOf(CARRIAGE_RETURN, from);
      const body = piece.subarray(from, back < 0 ? piece.length : back);
      if (body.length > 0 && this.#returned) {
        const { text, cut } = this.#finish();
        this.#drawnOver = true;
        if (text !== '') yield { text: `${text}\r`, cut };
      }
      this.#keep(body);
      if (back < 0) return;
      this.#returned = true;
      from = back + 1;
    }
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
    this.#drawnOver = false;
  }
}
