import { escapeControls } from '../../../text/quote.js';

/** The numbers of a report by name; `epoch` among them where it was given. */
export type Numbers = Readonly<Record<string, unknown>>;

/** What a line of output says. */
export type LineReading =
  /** Reports in their order: one, as a rule; two where the line also ends one that was drawn before. */
  | { readonly kind: 'reports'; readonly reports: readonly Numbers[] }
  /** Metrics of the whole trial, which belong to no epoch. */
  | { readonly kind: 'once'; readonly metrics: Readonly<Record<string, number>> }
  /** No report, and not meant to be one. */
  | { readonly kind: 'other' }
  /** Meant to be a report; the message says what is wrong. */
  | { readonly kind: 'bad'; readonly message: string };

/**
 * Reads the lines of one trial, in their order. A text that ends in a carriage return is a drawing: a line that is
 * drawn again on the same place, as progress bars are.
 */
export interface LineReader {
  (text: string): LineReading;
  /** What is left when no line follows; nothing if left out. */
  readonly finish?: () => Leftover;
}

/** What the lines of a trial have said when they end, and no report has yet. */
export interface Leftover {
  readonly reports: readonly Numbers[];
  /** Metrics of the whole trial. */
  readonly once: Readonly<Record<string, number>>;
}

/** Whether the line is drawn over by what comes next. */
export function isDrawing(text: string): boolean {
  return text.endsWith('\r');
}

/** Text as a message can show it, safe to print. */
export function excerpt(text: string): string {
  const shown = text.length > 120 ? `${text.slice(0, 117)}...` : text;
  return escapeControls(JSON.stringify(shown));
}
