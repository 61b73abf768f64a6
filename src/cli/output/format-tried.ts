import type { TriedProgram } from '../../app/try/try-program.js';
import type { Report } from '../../campaign/report.js';
import { formatCount } from '../../text/number.js';
import { escapeControls } from '../../text/quote.js';

/** What a program did in a moment, for people: what was read, what was not, and what is missing. */
export function formatTried(tried: TriedProgram): string[] {
  const { spec, outcome, reports, variables, files, missing } = tried;
  const lines = [
    `  tried      trial 1: ${spec.epochs === 1_000_000 ? 'no limit of epochs' : formatCount(spec.epochs, 'epoch')}`,
  ];
  const say = (label: string, text: string): unknown =>
    lines.push(`  ${label.padEnd(10)} ${escapeControls(text)}`);
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
    for (const note of outcome.notes ?? []) say('note', note);
  }
  say('files', files.length === 0 ? 'none' : files.join(', '));
  say('ended', endingOf(tried));
  if (missing.length > 0) say('missing', `${missing.join(', ')}: a trial has to report it.`);
  return lines;
}

/** Whether a run would go wrong. A program that was not done may have more to say. */
export function isTriedSound({ outcome, missing, reports }: TriedProgram): boolean {
  if (outcome.kind === 'stopped') return reports.length === 0 || missing.length === 0;
  return outcome.kind === 'finished' && missing.length === 0;
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
    case 'lost':
      return `with a failure: ${outcome.message}`;
    default:
      return outcome satisfies never;
  }
}
