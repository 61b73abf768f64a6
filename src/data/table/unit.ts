import { type NumberNotation, PLAIN_NOTATION, plainNumberReader } from '../sources/csv/number-notation.js';
import { looksLikeMissing } from './missing-words.js';

/** Numbers of a column that all have the same unit. */
export interface CommonUnit {
  readonly unit: string;
  /** The texts of the cells. */
  readonly texts: readonly string[];
  /** The same numbers without the unit, in the notation of the file. */
  readonly numbers: readonly string[];
}

const NUMBER = "\\d+(?:[.,'’ \\u00a0\\u202f]\\d+)*";
/** Other words in capitals before a number, as in `INV 1234`, are parts of names. */
const CURRENCY =
  '[A-Z]{0,3}\\p{Sc}|(?:USD|EUR|GBP|CHF|JPY|CNY|INR|CAD|AUD|NZD|SEK|NOK|DKK|PLN|CZK|BRL|MXN|ZAR)(?=\\s)';
/** A word counts as a unit after a space. Without one, `320i` may be a name. */
const AFTER =
  '\\p{Sc}|[%‰°]|°[CF]|(?<=\\s)\\p{L}[\\p{L}²³/%]{0,11}|(?:[mcdk]?m[²³]?|[mk]?g|lbs?|[mcd]?l|ms|min|[hs])';
const NUMBER_WITH_UNIT = new RegExp(
  `^[+-]?\\s?(?:(?<before>${CURRENCY})\\s?[+-]?${NUMBER}|${NUMBER}\\s?(?<after>${AFTER}))$`,
  'u',
);

/** The unit that all these texts have, apart from words for missing cells; null if there is none. */
export function commonUnit(all: readonly string[]): CommonUnit | null {
  const texts = all.filter((text) => !looksLikeMissing(text));
  const found = NUMBER_WITH_UNIT.exec(withMinus(texts[0] ?? ''))?.groups;
  const unit = found?.before ?? found?.after;
  if (unit === undefined) return null;
  const numbers = texts.flatMap((text) =>
    NUMBER_WITH_UNIT.test(withMinus(text)) ? (withoutUnit(text, unit) ?? []) : [],
  );
  return numbers.length === texts.length ? { unit, texts, numbers } : null;
}

/** Turns `$1,234` into `1234` where `$` is the unit; any other text stays as it is. */
export type UnitReader = (text: string) => string;

/** Reads the numbers of a column with a unit, in the notation of its file. */
export function unitReader(unit: string, notation: NumberNotation = PLAIN_NOTATION): UnitReader {
  const plainNumber = plainNumberReader(notation);
  return (text) => {
    const number = withoutUnit(text, unit);
    return (number === null ? null : plainNumber(number)) ?? text;
  };
}

/** Accounts write `($5)` for `-$5`. */
function withMinus(text: string): string {
  const inner = /^\(([^()+-]*)\)$/.exec(text)?.[1];
  return inner === undefined ? text : `-${inner.trim()}`;
}

/** The number of `-$5`, `$-5`, `($5)` or `5 %`; null if the unit is neither before nor after a number. */
function withoutUnit(written: string, unit: string): string | null {
  const text = withMinus(written);
  const sign = /^[+-]?/.exec(text)?.[0] ?? '';
  const rest = text.slice(sign.length).trim();
  const number = rest.startsWith(unit)
    ? rest.slice(unit.length).trimStart()
    : rest.endsWith(unit)
      ? rest.slice(0, -unit.length).trimEnd()
      : '';
  if (/^[\d.,]/.test(number)) return sign + number;
  return sign === '' && rest.startsWith(unit) && /^[+-][\d.,]/.test(number) ? number : null;
}
