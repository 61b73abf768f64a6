/** What a line of output says. Numbers by name; `epoch` among them where it was given. */
export type LineReading =
  | { readonly kind: 'numbers'; readonly numbers: Readonly<Record<string, unknown>> }
  /** No report, and not meant to be one. */
  | { readonly kind: 'other' }
  /** Meant to be a report; the message says what is wrong. */
  | { readonly kind: 'bad'; readonly message: string };

/** Reads the lines of one trial, in their order. */
export type LineReader = (text: string) => LineReading;

/** Text as a message can show it. */
export function excerpt(text: string): string {
  const shown = text.length > 120 ? `${text.slice(0, 117)}...` : text;
  return JSON.stringify(shown);
}
