import type { CommandOptions, ReportSource } from '../../execution/command-options.js';
import { TrialFailure, TrialLost } from '../../execution/trial-errors.js';
import type { StopReason } from './command-process.js';
import type { ProcessEnding } from './ending.js';
import { findProgram, startedProgram } from './invocation/find-program.js';
import type { TrialLog } from './trial-log.js';
import { whyNotStarted } from './why-not-started.js';

interface Course {
  /** Program and arguments. */
  readonly argv: readonly string[];
  readonly options: CommandOptions;
  readonly log: TrialLog;
  readonly hasReported: boolean;
}

/** Lines of the log that a message ends with. */
const SHOWN_LINES = 10;

/** Why a command that has ended failed; null where it did what it should, or ended because it was asked to. */
export function failureFrom(
  ending: ProcessEnding,
  stopped: StopReason | null,
  course: Course,
): TrialFailure | TrialLost | null {
  const { options, log, hasReported } = course;
  const fail = (code: TrialFailure['code'], sentence: string): TrialFailure =>
    new TrialFailure(code, withLog(sentence, log));
  switch (stopped) {
    case 'timeout':
      return fail('timeout', `The command ran longer than its timeout of ${seconds(options.timeout)} s.`);
    case 'memory':
      return fail(
        'memory',
        `The command held more memory than its max_rss of ${mebibytes(options.maxRss)} MiB.`,
      );
    case 'fit':
    case 'stopped-early':
    case 'patience':
    case 'epochs':
    case 'not-needed':
    case 'diverged':
    case 'bad-report':
      return null;
    case null:
      break;
    default:
      return stopped satisfies never;
  }
  switch (ending.kind) {
    case 'not-started':
      return fail('error', `The command cannot be started: ${whyNotStarted(ending.message, course)}.`);
    case 'lost':
      return new TrialLost(ending.message);
    case 'signal': {
      const likely = ending.signal === 'SIGKILL' ? ' The system does so where memory runs out.' : '';
      return fail(
        'signal',
        `The command was ended by ${ending.signal}, which fitfirst did not send.${likely}`,
      );
    }
    case 'exit': {
      if (ending.code === 0) return hasReported ? null : fail('no-metric', withoutReport(options.report));
      const said = log.lastLines(1)[0];
      const words = said === undefined ? '' : `: ${said.trim().slice(0, 200)}`;
      return fail('exit', `The command exited with code ${ending.code}${words}${whichPython(words, course)}`);
    }
    default:
      return ending satisfies never;
  }
}

/** Where a library is missing it is, as a rule, the wrong one of several Pythons that was started. */
function whichPython(words: string, { argv, options }: Course): string {
  if (!/ModuleNotFoundError/.test(words)) return '';
  const found = findProgram(startedProgram(argv), options.cwd, options.env.PATH ?? process.env.PATH ?? '');
  if (found.kind !== 'found') return '';
  return (
    `. It was started by ${found.path}; activate the environment that has the module, or ` +
    'name its Python in trainer.command.'
  );
}

function withoutReport(source: ReportSource): string {
  switch (source.kind) {
    case 'file':
      return 'The command ended without a report: it appended nothing to the file $FITFIRST_REPORT.';
    case 'stdout':
      return 'The command ended without a report: it printed no line of JSON such as {"epoch": 1, "val_loss": 0.5}.';
    case 'pattern':
      return (
        'The command ended without a report: no line that it printed matches the pattern; ' +
        'fitfirst test-report shows why.'
      );
    case 'log':
      return `The command ended without a report: nothing was read from ${source.path}.`;
    case 'tensorboard':
      return `The command ended without a report: no scalar was read from event files in ${source.path}.`;
    case 'several':
      return 'The command ended without a report: nothing was read from any source in trainer.report.';
    default:
      return source satisfies never;
  }
}

function withLog(sentence: string, log: TrialLog): string {
  const lines = log.lastLines(SHOWN_LINES);
  if (lines.length === 0) return sentence;
  return [sentence, `The end of ${log.path}:`, ...lines.map((line) => `  ${line.slice(0, 500)}`)].join('\n');
}

const seconds = (milliseconds: number | null): number => (milliseconds ?? 0) / 1000;
const mebibytes = (bytes: number | null): number => Math.round((bytes ?? 0) / 1_048_576);
