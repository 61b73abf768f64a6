import type { Report } from '../../../campaign/report.js';
import type { EpochCount } from '../../../execution/epoch-count.js';
import { TrialFailure } from '../../../execution/trial-errors.js';
import { escapeControls, quote } from '../../../text/quote.js';

/** The numbers of a report by name; `epoch` among them where it was given. */
export type Numbers = Readonly<Record<string, unknown>>;

/** What a line of output says. */
export type LineReading =
  /** Reports in their order: one, as a rule; two where the line also ends one that was drawn before. */
  | { readonly kind: 'reports'; readonly reports: readonly Numbers[] }
  /** No report, and not meant to be one. */
  | { readonly kind: 'other' }
  /** Meant to be a report; the message says what is wrong. */
  | { readonly kind: 'bad'; readonly message: string };

/**
 * Reads the lines of one trial, in their order. A text that ends in a carriage return is a drawing: a line that is
 * drawn again on the same place, as progress bars are.
 */
export type LineReader = (text: string) => LineReading;

/** Whether the line is drawn over by what comes next. */
export function isDrawing(text: string): boolean {
  return text.endsWith('\r');
}

/** Text as a message can show it, safe to print. */
export function excerpt(text: string): string {
  const shown = text.length > 120 ? `${text.slice(0, 117)}...` : text;
  return escapeControls(JSON.stringify(shown));
}

/**
 * A report out of the numbers of a line: the epoch is counted where it is not given. Throws TrialFailure where
 * something is no number; whether the epochs are in order is for whoever runs the trainer to see.
 */
export function reportOf(numbers: Numbers, epochs: EpochCount): Report {
  const metrics: [string, number][] = [];
  let epoch: number | undefined;
  for (const [name, value] of Object.entries(numbers)) {
    if (typeof value !== 'number') {
      const found = excerpt(JSON.stringify(value) ?? String(value));
      throw new TrialFailure(
        'bad-report',
        `The command reported ${found} as ${quote(name)}, which is no number.`,
      );
    }
    if (name === 'epoch') epoch = value;
    else metrics.push([name, value]);
  }
  return { epoch: epochs.next(epoch), metrics: Object.fromEntries(metrics) };
}
