import { mkdtemp, readdir, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { type Campaign, emptyCampaign, evolve } from '../../campaign/campaign.js';
import type { Finding } from '../../campaign/finding.js';
import { FitfirstError } from '../../campaign/fitfirst-error.js';
import { answeredTrials } from '../../campaign/notices/answered-trials.js';
import { noticesOf } from '../../campaign/notices/notices.js';
import type { Outcome } from '../../campaign/outcome.js';
import type { Report } from '../../campaign/report.js';
import { freeParameters } from '../../campaign/search-space.js';
import { type TrialSpec, trialKey } from '../../campaign/trial.js';
import type { Executor } from '../../execution/executor.js';
import { type AttemptLog, recordOutcome, runAttempt } from '../../execution/run-attempt.js';
import { trialDirectory, trialLogPath } from '../../execution/trial-directory.js';
import { createDeadline } from '../../platform/deadline.js';
import { expandEnvironment } from '../../trainers/command/invocation/macros.js';
import { exampleFacts } from '../../trainers/command/invocation/trial-environment.js';
import { createExecutor } from '../create-executor.js';
import type { PreparedCampaign } from '../prepare-campaign.js';
import { comparedTrials } from './compared-trials.js';
import { endOfLog } from './end-of-log.js';

/** What a program did in a moment. */
export interface TriedProgram {
  readonly spec: TrialSpec;
  /** `stopped` if the time was over. */
  readonly outcome: Outcome;
  readonly reports: readonly Report[];
  /** The variables of `trainer.env`; the values may be secrets. */
  readonly env: Readonly<Record<string, string>>;
  /** Files in the directory of its trial, by their paths there. */
  readonly files: readonly string[];
  /** Metrics that a trial has to report and that were not read. */
  readonly missing: readonly string[];
  /** The last lines that it printed. */
  readonly printed: readonly string[];
  /** Trials of another repeat and of other settings that ran in the time that was left. */
  readonly compared: readonly TrialSpec[];
  /** The first of them that failed; null if none did. */
  readonly failed: { readonly spec: TrialSpec; readonly outcome: Outcome } | null;
  /** What all of these trials show about the program, such as a parameter that it ignores. */
  readonly notices: readonly Finding[];
}

/** Files that are named. */
const MAX_FILES = 50;

/**
 * Runs the first trial of a campaign for a moment, in a folder that is removed again. If it ends before the time is
 * over, trials of another repeat and of other settings follow, to see what the program ignores. `stop` ends all of it.
 * Throws CONFIG_INVALID if the trainer is no command, or cannot be started.
 */
export async function tryProgram(
  prepared: PreparedCampaign,
  milliseconds: number,
  stop = new AbortController().signal,
): Promise<TriedProgram> {
  const { facts, loaded } = prepared;
  const { config } = loaded;
  if (config.trainer.kind !== 'command')
    throw new FitfirstError('USAGE_INVALID', '--try is for programs, and this trainer is no command.');
  const start = evolve(emptyCampaign, { type: 'campaign-started', ...facts });
  const step = prepared.method.next(start);
  const [spec] = step.kind === 'batch' ? step.trials : [];
  if (spec === undefined) throw new FitfirstError('USAGE_INVALID', 'This campaign has no trial to try.');
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'fitfirst-try-')));
  try {
    await using executor = await createExecutor(prepared, folder, 1);
    using deadline = createDeadline(stop, milliseconds);
    const others = comparedTrials(spec, config);
    const trial = new Trials(start, [spec, ...others], executor, deadline.signal);
    const outcome = await trial.run(spec);
    const reports = trial.reportsOf(spec);
    const places = { folder, identity: facts.identity, varied: freeParameters(config.space) };
    const files = await filesOf(trialDirectory(places, spec));
    const missing = missingMetrics(spec, facts.metric.name, reports, outcome);
    const compared: TrialSpec[] = [];
    let failed: TriedProgram['failed'] = null;
    if (outcome.kind === 'finished' && missing.length === 0) {
      for (const other of others) {
        const ended = await trial.run(other);
        if (ended.kind === 'stopped') break;
        compared.push(other);
        if (ended.kind !== 'failed') continue;
        failed = { spec: other, outcome: ended };
        break;
      }
    }
    const notices = noticesOf(answeredTrials(trial.campaign, new Set()), facts);
    const values = { trial: exampleFacts(spec.parameters), program: null, environment: process.env };
    const env = expandEnvironment(config.trainer.secrets ?? {}, values);
    const printed = endOfLog(trialLogPath(places, spec));
    return { spec, outcome, reports, env, files, missing, printed, compared, failed, notices };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Trials of a campaign that nothing keeps. */
class Trials {
  readonly #log: AttemptLog = {
    networks: { save: async () => {} },
    commit: async (event) => {
      this.campaign = evolve(this.campaign, event);
    },
  };

  constructor(
    public campaign: Campaign,
    trials: readonly TrialSpec[],
    private readonly executor: Executor,
    private readonly signal: AbortSignal,
  ) {
    const plan = { stage: 'try', because: 'The program is tried.', trials, ahead: [], findings: [] };
    this.campaign = evolve(campaign, { type: 'batch-planned', ...plan });
  }

  async run(spec: TrialSpec): Promise<Outcome> {
    const attempt = { trial: this.#keyOf(spec), spec, attempt: 1 };
    const outcome = await runAttempt(attempt, {
      executor: this.executor,
      signal: this.signal,
      log: this.#log,
    });
    await recordOutcome(attempt, outcome, 'waiting', this.#log);
    return outcome;
  }

  reportsOf(spec: TrialSpec): Report[] {
    return this.campaign.trials.get(this.#keyOf(spec))?.reports.toArray() ?? [];
  }

  #keyOf(spec: TrialSpec): ReturnType<typeof trialKey> {
    return trialKey(this.campaign.facts?.identity ?? '', spec);
  }
}

/** A trial of the search reports the campaign's metric, and the one by which it fits. */
function missingMetrics(
  spec: TrialSpec,
  metric: string,
  reports: readonly Report[],
  outcome: Outcome,
): readonly string[] {
  const final = outcome.kind === 'finished' ? (outcome.final ?? {}) : {};
  const read = new Set([...reports.flatMap(({ metrics }) => Object.keys(metrics)), ...Object.keys(final)]);
  const needed = spec.until === null ? [metric] : [metric, spec.until.metric];
  return [...new Set(needed)].filter((name) => !read.has(name));
}

async function filesOf(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => !entry.isDirectory());
  return files
    .slice(0, MAX_FILES)
    .map(({ parentPath, name }) => relative(directory, join(parentPath, name)))
    .sort();
}
