import { quote } from '../../../text/quote.js';
import { dataError, formatPlace } from '../../diagnostics.js';
import type { Cells, Rows } from '../rows.js';

/** What separates the whole part of a number from its fraction. */
export const DECIMALS = ['point', 'comma'] as const;

/** What separates groups of three digits. */
export const THOUSANDS = ['comma', 'point', 'space', 'apostrophe'] as const;

/** How numbers are written in a delimited text. */
export interface NumberNotation {
  readonly decimal: (typeof DECIMALS)[number];
  /** null for no separator. */
  readonly thousands: (typeof THOUSANDS)[number] | null;
}

/** Numbers such as 1234.5. */
export const PLAIN_NOTATION: NumberNotation = { decimal: 'point', thousands: null };

const DECIMAL_SIGNS = { point: '\\.', comma: ',' };
const THOUSANDS_SIGNS = { comma: ',', point: '\\.', space: '[ \\u00a0\\u202f]', apostrophe: "['’]" };
const PLAIN = /^[+-]?\d*\.\d+$/;

/** A pattern that matches the numbers of a notation, and whole numbers without separators. */
export function notationTest({ decimal, thousands }: NumberNotation): RegExp {
  const grouped = thousands === null ? '' : `[1-9]\\d{0,2}(?:${THOUSANDS_SIGNS[thousands]}\\d{3})+|`;
  const whole = `(?:${grouped}\\d+|(?=[.,]\\d))`;
  return new RegExp(`^[+-]?${whole}(?:${DECIMAL_SIGNS[decimal]}\\d+)?(?:[eE][+-]?\\d+)?$`);
}

/** A comma that separates no thousands: `0,125`, `,125`, `1234,125`. */
const AFTER_NO_GROUP = /^[+-]?(?:0?|0\d+|\d{4,}),\d/;

/**
 * The notation that explains most of these formatted numbers. A comma before groups of three digits alone separates
 * thousands; any other comma is a decimal comma, as is one after a zero.
 */
export function notationOf(texts: readonly string[]): NumberNotation {
  const has = (pattern: RegExp): boolean => texts.some((text) => pattern.test(text));
  const isDecimalComma = has(/,(\d{1,2}|\d{4,})$/) || has(AFTER_NO_GROUP) || has(/[.'’ \u00a0\u202f]\d{3},/u);
  const decimal = isDecimalComma ? 'comma' : 'point';
  if (has(/\d[ \u00a0\u202f]\d{3}/u)) return { decimal, thousands: 'space' };
  if (has(/\d['’]\d{3}/u)) return { decimal, thousands: 'apostrophe' };
  if (isDecimalComma) return { decimal, thousands: has(/\d\.\d{3}/) ? 'point' : null };
  return { decimal, thousands: has(/\d,\d{3}/) ? 'comma' : null };
}

/** The keys of a config that say so. */
export function notationKeys({ decimal, thousands }: NumberNotation): string[] {
  return [
    ...(decimal === 'point' ? [] : [`decimal: ${decimal}`]),
    ...(thousands === null ? [] : [`thousands: ${thousands}`]),
  ];
}

/** Writes numbers of a notation plainly: `1.234,5` becomes `1234.5`. null for other texts. */
export function plainNumberReader(notation: NumberNotation): (text: string) => string | null {
  const { decimal, thousands } = notation;
  const number = notationTest(notation);
  const separators = thousands && new RegExp(THOUSANDS_SIGNS[thousands], 'g');
  return (text) => {
    if (!number.test(text)) return null;
    const whole = separators === null ? text : text.replace(separators, '');
    return decimal === 'comma' ? whole.replace(',', '.') : whole;
  };
}

/**
 * The rows of a text with numbers in another notation written plainly: `1.234,5` becomes `1234.5`. Cells that are no
 * such numbers stay as they are. `path` is for messages. With decimal commas, a cell such as `1.5` is an error, since
 * nobody knows whether it is a fraction: it throws DATA_INVALID when it is read.
 */
export async function* inPlainNotation(
  path: string,
  pieces: AsyncIterable<Rows>,
  notation: NumberNotation,
): AsyncGenerator<Rows, void, void> {
  for await (const rows of pieces) {
    yield {
      each: (visit) => {
        const cells = new PlainNotationCells(path, notation);
        rows.each((found, line) => visit(cells.at(found, line), line));
      },
    };
  }
}

class PlainNotationCells implements Cells {
  readonly #plainNumber: (text: string) => string | null;
  #cells: Cells | null = null;
  #line = 0;

  constructor(
    readonly path: string,
    readonly notation: NumberNotation,
  ) {
    this.#plainNumber = plainNumberReader(notation);
  }

  at(cells: Cells, line: number): this {
    this.#cells = cells;
    this.#line = line;
    return this;
  }

  get count(): number {
    return this.#cells?.count ?? 0;
  }

  text(index: number): string {
    const text = this.#cells?.text(index) ?? '';
    const number = this.#plainNumber(text);
    if (number !== null) return number;
    if (this.notation.decimal === 'comma' && PLAIN.test(text)) throw this.#ambiguous(text, index);
    return text;
  }

  number(index: number): number {
    // With decimal commas, a point may separate thousands.
    return this.notation.decimal === 'comma' ? Number.NaN : (this.#cells?.number(index) ?? Number.NaN);
  }

  #ambiguous(text: string, index: number): Error {
    return dataError(
      `${formatPlace(this.path, this.#line, index + 1)}  found ${quote(text)}, expected numbers with decimal ` +
        'commas, as decimal: comma says. If points separate thousands, set thousands: ' +
        'point in data; otherwise correct the cell or drop the column. For fitfirst predict, --decimal point reads a ' +
        'table with decimal points.',
    );
  }
}
