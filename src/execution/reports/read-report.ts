import type { Report } from '../../campaign/report.js';
import { inspectValue } from '../../text/inspect-value.js';
import { quote } from '../../text/quote.js';

/** A trainer's report after it was checked. */
export type ReportReading =
  | { readonly kind: 'report'; readonly report: Report }
  /** A metric is not a finite number. */
  | { readonly kind: 'diverged'; readonly epoch: number }
  /** Not a report. The message says what is wrong. */
  | { readonly kind: 'bad'; readonly message: string };

/**
 * Checks what a trainer yielded: the epoch must be a whole number after that of the report before and within the
 * trial's epochs, and every metric must be a number. The returned report is a new object.
 */
export function readReport(value: unknown, after: number, epochs: number): ReportReading {
  if (typeof value !== 'object' || value === null) {
    return bad(`${inspectValue(value)} instead of a report`);
  }
  const epoch = 'epoch' in value ? value.epoch : undefined;
  if (typeof epoch !== 'number' || !Number.isInteger(epoch) || epoch < 1) {
    return bad(`the epoch ${inspectValue(epoch)}, but epochs are whole numbers from 1`);
  }
  if (epoch <= after) {
    return bad(`epoch ${epoch} after epoch ${after}, but epochs only rise`);
  }
  if (epoch > epochs) {
    return bad(`epoch ${epoch}, but this trial ends with epoch ${epochs}`);
  }
  const given = 'metrics' in value ? value.metrics : undefined;
  if (typeof given !== 'object' || given === null) {
    return bad(`${inspectValue(given)} instead of metrics by name at epoch ${epoch}`);
  }
  const metrics: Record<string, number> = {};
  let isEmpty = true;
  let finite = true;
  for (const [name, metric] of Object.entries(given)) {
    if (typeof metric !== 'number') {
      return bad(`${inspectValue(metric)} as ${quote(name)} at epoch ${epoch}, but a metric is a number`);
    }
    finite &&= Number.isFinite(metric);
    if (name === '__proto__')
      return bad(`a metric of the name ${name} at epoch ${epoch}, which cannot be used`);
    metrics[name] = metric;
    isEmpty = false;
  }
  if (isEmpty) return bad(`no metric at epoch ${epoch}`);
  return finite ? { kind: 'report', report: { epoch, metrics } } : { kind: 'diverged', epoch };
}

function bad(found: string): ReportReading {
  return { kind: 'bad', message: `The trainer reported ${found}.` };
}
