import type { StoredEvent } from '../campaign/event.js';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads the events of which large journals consist: starts, reports and ends of trials, and plans of plain trials. The
 * schema accepts the same ones and takes about ten times as long. Null for every other event and for one with any
 * unusual part; the schema then decides, and says what is wrong.
 */
export function readCommonEvent(value: unknown): StoredEvent | null {
  return isCommon(value) ? value : null;
}

function isCommon(event: unknown): event is StoredEvent {
  if (!isFields(event)) return false;
  switch (event.type) {
    case 'trial-started':
      return hasKeys(event, 3) && isAttempt(event);
    case 'trial-reported':
      return hasKeys(event, 4) && isAttempt(event) && isReport(event.report);
    case 'trial-reported-epochs':
      return hasKeys(event, 5) && isAttempt(event) && isColumns(event.epochs, event.metrics);
    case 'trial-finished': {
      const { reason, evaluation } = event;
      const isKnown = reason === 'complete' || reason === 'fit' || reason === 'patience';
      return hasKeys(event, 5) && isAttempt(event) && isKnown && evaluation === null;
    }
    case 'batch-planned': {
      const { stage, because, trials, ahead, findings } = event;
      return (
        hasKeys(event, 6) &&
        typeof stage === 'string' &&
        typeof because === 'string' &&
        isPlainSpecs(trials) &&
        isPlainSpecs(ahead) &&
        Array.isArray(findings) &&
        findings.length === 0
      );
    }
    default:
      return false;
  }
}

function isAttempt({ trial, attempt }: Fields): boolean {
  return typeof trial === 'string' && isCount(attempt) && attempt > 0;
}

function isReport(report: unknown): boolean {
  if (!isFields(report) || !hasKeys(report, 2)) return false;
  const { epoch, metrics } = report;
  return isCount(epoch) && epoch > 0 && isFields(metrics) && Object.values(metrics).every(isNumber);
}

function isColumns(epochs: unknown, metrics: unknown): boolean {
  if (!Array.isArray(epochs) || !epochs.every((epoch) => isCount(epoch) && epoch > 0)) return false;
  const isColumn = (values: unknown): boolean =>
    Array.isArray(values) && values.length === epochs.length && values.every(isNumber);
  return isFields(metrics) && Object.values(metrics).every(isColumn);
}

function isPlainSpecs(specs: unknown): boolean {
  return Array.isArray(specs) && specs.every(isPlainSpec);
}

/** A trial of the search without bounds, whose parameters are no lists. */
function isPlainSpec(spec: unknown): boolean {
  if (!isFields(spec)) return false;
  const { parameters, repeat, epochs, until, patience, finish } = spec;
  const isPatient = patience !== undefined;
  return (
    hasKeys(spec, isPatient ? 6 : 5) &&
    (!isPatient || (isCount(patience) && patience > 0)) &&
    until === null &&
    finish === null &&
    isCount(repeat) &&
    isCount(epochs) &&
    epochs > 0 &&
    isFields(parameters) &&
    Object.values(parameters).every(isScalar)
  );
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function hasKeys(object: Fields, count: number): boolean {
  let found = 0;
  for (const _ in object) found += 1;
  return found === count && !Object.hasOwn(object, '__proto__');
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && typeof value === 'number' && value >= 0;
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value);
}

function isScalar(value: unknown): boolean {
  return isNumber(value) || typeof value === 'string' || typeof value === 'boolean';
}
