import type { TriedProgram } from '../../app/try/try-program.js';
import { canonicalJson } from '../../campaign/canonical-json.js';
import type { Report } from '../../campaign/report.js';
import type { TrialSpec } from '../../campaign/trial.js';
import { formatList } from '../../text/list.js';
import { maskIn } from '../../text/masked-value.js';
import { formatCount } from '../../text/number.js';
import { escapeControls } from '../../text/quote.js';

/** What a program did in a moment, for people: what was read, what was not, and what is missing. */
export function formatTried(tried: TriedProgram): string[] {
  const { spec, outcome, reports, env, files, missing, printed, compared, failed, notices } = tried;
  const lines: string[] = [];
  const say = (label: string, text: string): unknown =>
    lines.push(`  ${label.padEnd(10)} ${escapeControls(maskIn(text, env))}`);
  const sayLines = (label: string, texts: readonly string[]): void =>
    texts.forEach((text, i) => void say(i === 0 ? label : '', text));
  say(
    'tried',
    `trial 1: ${spec.epochs === 1_000_000 ? 'no limit of epochs' : formatCount(spec.epochs, 'epoch')}`,
  );
  const variables = Object.keys(env);
  if (variables.length > 0) say('env', `${variables.join(', ')} (values are not shown), and FITFIRST_...`);
  const [first] = reports;
  const last = reports.at(-1);
  say(
    'read',
    `${formatCount(reports.length, 'report')}${first === undefined ? '' : `, the first: ${formatReport(first)}`}`,
  );
  if (last !== undefined && last !== first) say('', `the last: ${formatReport(last)}`);
  if (outcome.kind === 'finished') {
    const final = Object.entries(outcome.final ?? {}).map(([name, value]) => `${name} ${value}`);
    if (final.length > 0) say('', `once, for the whole trial: ${final.join(', ')}`);
  }
  say('files', files.length === 0 ? 'none' : files.join(', '));
  sayLines('ended', withoutPath(endingOf(tried)).split('\n'));
  if (missing.length > 0) say('missing', `${missing.join(', ')}: a trial has to report it.`);
  // The message of a program that failed has them.
  if (missing.length > 0 && (outcome.kind !== 'failed' || outcome.code === 'no-metric'))
    sayLines('printed', printed);
  if (compared.length > 0)
    say(
      'compared',
      `with ${formatList(
        compared.map((one) => differenceOf(spec, one)),
        'and',
      )}`,
    );
  if (failed !== null) {
    const why = 'message' in failed.outcome ? withoutPath(failed.outcome.message) : '';
    sayLines('failed', `with ${differenceOf(spec, failed.spec)}: ${why}`.split('\n'));
  }
  for (const notice of notices) say('warning', notice.because);
  return lines;
}

/** The log of a trial is gone with its folder. */
const withoutPath = (message: string): string =>
  message.replace(/^The end of .*:$/m, 'The end of what it printed:');

/** Whether a run would go on as it has begun. Without a report there is nothing that says so. */
export function isTriedSound({ outcome, missing, failed }: TriedProgram): boolean {
  return (
    (outcome.kind === 'finished' || outcome.kind === 'stopped') && missing.length === 0 && failed === null
  );
}

/** What another trial has that the first has not: `dropout 0.5`, or `another seed`. */
function differenceOf(first: TrialSpec, other: TrialSpec): string {
  const changed = Object.entries(other.parameters).filter(
    ([name, value]) => canonicalJson(value) !== canonicalJson(first.parameters[name] ?? null),
  );
  if (changed.length === 0) return 'another seed';
  return changed
    .map(([name, value]) => `${name} ${typeof value === 'object' ? canonicalJson(value) : value}`)
    .join(', ');
}

function formatReport({ epoch, metrics }: Report): string {
  const values = Object.entries(metrics).map(([name, value]) => `${name} ${value}`);
  return `epoch ${epoch}, ${values.join(', ')}`;
}

function endingOf({ outcome, reports }: TriedProgram): string {
  switch (outcome.kind) {
    case 'finished':
      return outcome.reason === 'fit' ? 'it fits' : 'by itself';
    case 'stopped':
      return reports.length === 0
        ? 'the time was over before the first report. Give it more, as in --try 2m, or look at report.'
        : 'the time was over';
    case 'diverged':
      return `a metric was not a finite number after epoch ${outcome.epoch}`;
    case 'failed':
      // What it printed follows after what is missing.
      return `with a failure: ${outcome.code === 'no-metric' ? outcome.message.split('\n', 1)[0] : outcome.message}`;
    case 'lost':
      return `with a failure: ${outcome.message}`;
    default:
      return outcome satisfies never;
  }
}
