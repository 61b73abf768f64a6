import { join } from 'node:path';
import type { Campaign } from '../../campaign/campaign.js';
import { canonicalJson } from '../../campaign/canonical-json.js';
import { isSettled, type Settled, type TrialSpec, trialKey } from '../../campaign/trial.js';
import type { JudgedComparison } from '../../compare/compare-method.js';
import { writeFile } from '../../platform/write-file.js';
import {
  compareJson,
  compareRows,
  compareTimingRows,
  replayRows,
} from '../../views/compare/compare-tables.js';
import type { Timing } from '../../views/model/timing.js';
import { csvText } from '../../views/tables/csv-text.js';
import { type RunConfigOptions, type RunResult, runPrepared } from '../run-config.js';
import type { PreparedComparison } from './prepare-comparison.js';
import { reusedTrials } from './reused-trials.js';

/** How a comparison is run. */
interface CompareRunOptions extends Omit<RunConfigOptions, 'extend' | 'reused'> {
  readonly out: string;
  /** A folder of campaigns whose trials are reused. */
  readonly reuse: string;
}

/** How a comparison ended; without a result where its campaign has not got that far. */
export interface ComparisonRun {
  readonly run: RunResult;
  readonly compared: JudgedComparison | null;
  /** How long each method would train, in seconds of one worker; without entries where nobody knows. */
  readonly seconds: ReadonlyMap<string, number>;
}

/**
 * Trains the table of a comparison, or goes on with it, and writes what the replays say into its folder: `compare.csv`,
 * `compare-replays.csv`, `compare.json`, `compare.html`, and `compare-timings.csv`, which alone depends on the machine.
 */
export async function runComparison(
  { campaign: prepared, method }: PreparedComparison,
  { reuse, ...options }: CompareRunOptions,
): Promise<ComparisonRun> {
  const reused = await reusedTrials(reuse, prepared.facts, options.out);
  // Another number of settings, repeats or draws goes on with the trials that there are.
  const run = await runPrepared(prepared, { ...options, extend: options.fresh !== true, reused });
  const { campaign, folder, snapshot } = run;
  const { identity, parameters } = prepared.facts;
  const find = (spec: TrialSpec): Settled | undefined => {
    const trial = campaign.trials.get(trialKey(identity, spec));
    return isSettled(trial) ? trial : undefined;
  };
  const signal = options.controls?.draining ?? new AbortController().signal;
  const isChosen = campaign.conclusion?.kind === 'chosen';
  // A comparison that had ended before is replayed once more, for its files.
  if (isChosen) await method.prepare(campaign, signal);
  const compared = isChosen && !signal.aborted ? method.result(find) : null;
  if (compared === null) return { run, compared, seconds: new Map() };
  const seconds = secondsOf(compared, campaign, snapshot.timing);
  const { comparePage } = await import('../../views/compare/compare-page.js');
  const files = {
    'compare.csv': csvText(compareRows(compared.result)),
    'compare-replays.csv': csvText(replayRows(compared.runs, parameters)),
    'compare.json': compareJson(compared.result),
    'compare.html': comparePage(prepared.facts.name, compared),
    'compare-timings.csv': csvText(compareTimingRows(seconds)),
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return { run, compared, seconds };
}

/**
 * The mean time that a run of each method would train on one worker, by the time that an epoch of each setting took
 * here. Trials that were reused say nothing; their settings take the mean time of an epoch.
 */
function secondsOf(
  { runs }: JudgedComparison,
  campaign: Campaign,
  timing: Timing,
): ReadonlyMap<string, number> {
  const taken = new Map<string, { seconds: number; epochs: number }>();
  const all = { seconds: 0, epochs: 0 };
  for (const { trial: key, started, ended, how } of timing.attempts) {
    const trial = campaign.trials.get(key);
    if (trial === undefined || ended === null || how !== 'complete') continue;
    const text = canonicalJson(trial.spec.parameters);
    const own = taken.get(text) ?? { seconds: 0, epochs: 0 };
    taken.set(text, own);
    for (const sum of [own, all]) {
      sum.seconds += (ended - started) / 1000;
      sum.epochs += trial.reports.last()?.epoch ?? 0;
    }
  }
  const totals = new Map<string, { seconds: number; runs: number }>();
  for (const { method, epochsOf } of runs) {
    const total = totals.get(method) ?? { seconds: 0, runs: 0 };
    totals.set(method, total);
    total.runs += 1;
    for (const [text, epochs] of epochsOf) {
      const { seconds, epochs: timed } = taken.get(text) ?? all;
      total.seconds += (epochs * seconds) / timed;
    }
  }
  return new Map([...totals].map(([method, { seconds, runs: count }]) => [method, seconds / count]));
}
