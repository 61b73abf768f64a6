/** The metrics of a report, in order, and what a line with such a report looks like. */
interface ReportForm {
  readonly names: readonly string[];
  readonly pattern: RegExp;
}

const COUNT = '([1-9][0-9]{0,14})';
const NUMBER = '(-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][-+]?[0-9]+)?)';
/** Text that JSON writes without escapes. */
const TEXT = '([^"\\\\\\u0000-\\u001f]*)';
/** Where the metrics begin among the groups of a pattern. */
const FIRST_METRIC = 6;
/** To make a pattern takes longer than to read a line, so reports that all differ get no more than these. */
const MAX_FORMS = 16;

const forms = new Map<string, ReportForm>();
/** The form of the last report. */
let form: ReportForm | null = null;

/**
 * What JSON.parse gives for a line of a journal. Most lines are reports with the metrics of the report before, and a
 * pattern reads these in half of the time. `body` is the line up to its checksum. Throws SyntaxError.
 */
export function parseLine(body: string): unknown {
  const report = form === null ? null : readReport(body, form);
  if (report !== null) return report;
  const value: unknown = JSON.parse(`${body}}`);
  form = formOf(value) ?? form;
  return value;
}

/** Null if the body has another form. */
function readReport(body: string, { names, pattern }: ReportForm): unknown {
  const found = pattern.exec(body);
  if (found === null) return null;
  const metrics: Record<string, number> = {};
  for (let i = 0; i < names.length; i++) metrics[names[i] ?? ''] = Number(found[FIRST_METRIC + i]);
  const [, seq, at, trial, attempt, epoch] = found;
  const report = { epoch: Number(epoch), metrics };
  return { seq: Number(seq), at, event: { type: 'trial-reported', trial, attempt: Number(attempt), report } };
}

/** Null if the value is no report, or if its form is no reason to make a pattern. */
function formOf(value: unknown): ReportForm | null {
  const names = metricNames(value);
  if (names === null) return null;
  const key = JSON.stringify(names);
  const known = forms.get(key);
  if (known !== undefined || forms.size === MAX_FORMS) return known ?? null;
  const metrics = names.map((name) => `"${escapePattern(name)}":${NUMBER}`).join(',');
  const pattern = new RegExp(
    `^\\{"seq":${COUNT},"at":"${TEXT}","event":\\{"type":"trial-reported","trial":"${TEXT}","attempt":${COUNT},` +
      `"report":\\{"epoch":${COUNT},"metrics":\\{${metrics}\\}\\}\\}$`,
  );
  const made = { names, pattern };
  forms.set(key, made);
  return made;
}

/** The names of the metrics of a report; null for other values, and for names that need care. */
function metricNames(value: unknown): readonly string[] | null {
  const metrics = field(field(field(value, 'event'), 'report'), 'metrics');
  if (typeof metrics !== 'object' || metrics === null) return null;
  const names = Object.keys(metrics);
  const isPlain = names.every((name) => name !== '__proto__' && JSON.stringify(name) === `"${name}"`);
  return isPlain ? names : null;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

const escapePattern = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
