import type { ReportSource } from '../../execution/command-options.js';
import { longestMatch } from '../../trainers/command/reading/longest-match.js';
import { proposePattern } from '../../trainers/command/reading/proposal/propose-pattern.js';
import { excerpt } from '../../trainers/command/reading/report-line.js';
import type { LogPreview } from './log-preview.js';

/** What to do about a log as it was read; nothing where all is well. */
export function adviceOnLog(tried: LogPreview, source: ReportSource): string[] {
  const { reports, bad, notFinite } = tried.tally;
  const advice: string[] = [];
  if (tried.countsFromZero)
    advice.push('The program counts its epochs from 0; fitfirst counts them from 1, as shown here.');
  if (notFinite > 0) advice.push('A number that is not finite ends a trial as diverged.');
  if (bad > 0 && source.kind !== 'file')
    advice.push(
      'The first that cannot be read ends a trial as bad-report. One report an epoch is ' +
        'wanted: where a line comes several times ' +
        'in an epoch, have the pattern match only the one at its end.',
    );
  if (source.kind === 'file' && bad > 0)
    advice.push(
      'The config has reports read from the file $FITFIRST_REPORT (report: file, the default), ' +
        'and this is tried as such a file. For what ' +
        'the program prints there are report: stdout and report: {pattern: ...}.',
    );
  if (reports > 0 || (bad > 0 && source.kind === 'pattern')) return advice;
  if (source.kind === 'pattern')
    advice.push(...source.patterns.flatMap((one) => formatReach(one, tried.kept)));
  else if (source.kind === 'stdout' && bad === 0)
    advice.push('No line is an object of JSON, such as {"epoch": 1, "val_loss": 0.5}.');
  return [...advice, ...formatProposal(tried.kept)];
}

function formatReach(pattern: string, lines: readonly string[]): string[] {
  const reach = longestMatch(pattern, lines);
  if (reach === null) return [`Nothing of ${excerpt(pattern)} is in any line.`];
  if (reach.pattern === pattern)
    return [`line ${reach.place} has ${pattern}, but not all of the patterns match.`];
  return [
    `On line ${reach.place} the pattern matches as far as  ${reach.pattern}  and no further:`,
    `  ${reach.line.slice(0, 200)}`,
  ];
}

function formatProposal(lines: readonly string[]): string[] {
  const proposal = proposePattern(lines);
  if (proposal === null)
    return ['No line looks like a report. docs/report-patterns.md has patterns for well-known programs.'];
  const { pattern, line } = proposal;
  return [
    'This looks like a report:',
    `  ${line.slice(0, 200)}`,
    'and this reads it; the groups name the metrics, and may be given other names:',
    `  report: {pattern: '${pattern.replaceAll("'", "''")}'}`,
  ];
}
