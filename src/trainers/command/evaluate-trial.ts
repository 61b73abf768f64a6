import type { EvaluateOptions } from '../../execution/command-options.js';
import { TrialFailure } from '../../execution/trial-errors.js';
import { type CommandLaunch, CommandProcess } from './command-process.js';
import type { CommandRun } from './command-run.js';
import { failureFrom } from './failure.js';
import { expandCommand } from './invocation/macros.js';
import type { TrialFacts } from './invocation/trial-environment.js';
import { readOutputJsonLine } from './reading/json-line.js';
import { patternReader } from './reading/report-pattern.js';
import { recordOf } from './sources/source-numbers.js';
import { TrialLog } from './trial-log.js';

interface Evaluated {
  readonly run: CommandRun;
  readonly trial: TrialFacts;
  /** How the program was started. */
  readonly launch: CommandLaunch;
}

/**
 * Runs the command that measures what the program has trained, under the same limits and in the same environment, and
 * returns the metrics that it prints. Throws TrialFailure if it fails or prints none.
 */
export async function evaluateTrial(
  { command, patterns }: EvaluateOptions,
  { run, trial, launch }: Evaluated,
): Promise<Record<string, number>> {
  const { options, signal } = run;
  const { program, spellings } = options;
  const values = { trial, program, spellings, environment: launch.environment };
  const argv = expandCommand(command, values, 'trainer.evaluate');
  const log = new TrialLog(launch.log.path.replace(/\.log$/, '.evaluate.log'));
  const reader = patterns === null ? readOutputJsonLine : patternReader(patterns);
  const from = patterns === null ? 'stdout' : 'both';
  const evaluation = new CommandProcess({ ...launch, argv, log, feeds: [{ kind: 'lines', from, reader }] });
  const stop = (): void => evaluation.stop('not-needed');
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  const metrics: Record<string, number> = {};
  try {
    for (let next = await evaluation.next(); next !== null; next = await evaluation.next()) {
      const { reading } = next;
      if (reading.kind === 'bad') throw new TrialFailure('bad-report', reading.message);
      if (reading.kind === 'once') Object.assign(metrics, reading.metrics);
      if (reading.kind === 'reports')
        for (const numbers of reading.reports) Object.assign(metrics, recordOf(numbers, {}).metrics);
    }
    const hasReported = Object.keys(metrics).length > 0;
    const course = { argv, options, log, hasReported: true };
    const failure = failureFrom(await evaluation.end(), evaluation.stopReason, course);
    if (failure !== null) throw failure;
    if (hasReported || evaluation.stopReason !== null) return metrics;
    throw new TrialFailure('no-metric', 'The command in trainer.evaluate printed no metric.');
  } finally {
    signal.removeEventListener('abort', stop);
    evaluation.stop('bad-report');
    await evaluation.end();
  }
}
