import { mkdtemp, readdir, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { emptyCampaign, evolve } from '../../campaign/campaign.js';
import { FitfirstError } from '../../campaign/fitfirst-error.js';
import type { Outcome } from '../../campaign/outcome.js';
import type { Report } from '../../campaign/report.js';
import type { TrialSpec } from '../../campaign/trial.js';
import { trialDirectory } from '../../execution/trial-directory.js';
import { createDeadline } from '../../platform/deadline.js';
import { createExecutor } from '../create-executor.js';
import type { PreparedCampaign } from '../prepare-campaign.js';

/** What a program did in a moment. */
export interface TriedProgram {
  readonly spec: TrialSpec;
  /** `stopped` if the time was over. */
  readonly outcome: Outcome;
  readonly reports: readonly Report[];
  /** Names of the variables in `trainer.env`; their values may be secrets. */
  readonly variables: readonly string[];
  /** Files in the directory of its trial, by their paths there. */
  readonly files: readonly string[];
  /** Metrics that a trial has to report and that were not read. */
  readonly missing: readonly string[];
}

/** Files that are named. */
const MAX_FILES = 50;

/**
 * Runs the first trial of a campaign for a moment, in a folder that is removed again. Throws CONFIG_INVALID if the
 * trainer is no command, or cannot be started.
 */
export async function tryProgram(prepared: PreparedCampaign, milliseconds: number): Promise<TriedProgram> {
  const { facts, loaded } = prepared;
  if (loaded.config.trainer.kind !== 'command')
    throw new FitfirstError('USAGE_INVALID', '--try is for programs, and this trainer is no command.');
  const step = prepared.method.next(evolve(emptyCampaign, { type: 'campaign-started', ...facts }));
  const [spec] = step.kind === 'batch' ? step.trials : [];
  if (spec === undefined) throw new FitfirstError('USAGE_INVALID', 'This campaign has no trial to try.');
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'fitfirst-try-')));
  try {
    const reports: Report[] = [];
    await using executor = await createExecutor(prepared, folder, 1);
    using deadline = createDeadline(new AbortController().signal, milliseconds);
    const { signal } = deadline;
    const outcome = await executor.run(spec, { signal, onReport: (report) => void reports.push(report) });
    const files = await filesOf(trialDirectory({ folder, identity: facts.identity, varied: [] }, spec));
    const variables = Object.keys(loaded.config.trainer.secrets ?? {});
    const missing = missingMetrics(spec, facts.metric.name, reports, outcome);
    return { spec, outcome, reports, variables, files, missing };
  } finally {
    await rm(folder, { recursive: true, force: true });
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
