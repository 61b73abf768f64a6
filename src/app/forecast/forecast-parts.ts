import { emptyCampaign, evolve } from '../../campaign/campaign.js';
import type { TrialKey } from '../../campaign/trial.js';
import type { Forecast } from '../../forecast/forecast.js';
import type { ForecastParts } from '../../forecast/forecast-parts.js';
import { growthPlanOf } from '../../forecast/growth-plan.js';
import type { ProbeTrial } from '../../forecast/probe-trials.js';
import { CHAIN_START, encodeEntry } from '../../journal/codec.js';
import type { ExistingCampaign } from '../existing-campaign.js';
import type { PreparedCampaign } from '../prepare-campaign.js';

/** All that a forecast needs to know of a campaign that is ready to run, or to go on. */
export function forecastParts(prepared: PreparedCampaign, begun: ExistingCampaign | null): ForecastParts {
  const { loaded, facts, method, dataset } = prepared;
  const { config } = loaded;
  const campaign = {
    method,
    start: begun?.campaign ?? evolve(emptyCampaign, { type: 'campaign-started', ...facts }),
    maxTrials: config.budget.trials ?? Number.POSITIVE_INFINITY,
    identity: facts.identity,
    metric: facts.metric,
    growing: growthPlanOf(facts.plan),
    ended: begun === null ? new Map<TrialKey, ProbeTrial>() : endedTrials(begun),
  };
  const costs = config.trainer.costs(dataset);
  if (costs === null || facts.data === null) {
    return { ...campaign, onceOf: () => [], workOf: () => [1], costPerEpoch: () => 1 };
  }
  const { training: rows } = facts.data.parts;
  return {
    ...campaign,
    onceOf: (spec) => costs.once(spec),
    workOf: (spec) => costs.work(spec, rows),
    costPerEpoch: (spec) => costs.perEpoch(spec, rows),
  };
}

/** Trials of the journal that reached an end of their own, with the time that their last attempt took. */
function endedTrials({ campaign, timing }: ExistingCampaign): ReadonlyMap<TrialKey, ProbeTrial> {
  const ended = new Map<TrialKey, ProbeTrial>();
  for (const { trial: key, started, ended: end } of timing.attempts) {
    const trial = campaign.trials.get(key);
    if (trial?.state !== 'finished' || end === null) continue;
    const { spec, reason } = trial;
    const reports = trial.reports.toArray();
    const epochs = reports.at(-1)?.epoch ?? 0;
    ended.set(key, { spec, reason, reports, epochs, seconds: (end - started) / 1000, failure: null });
  }
  return ended;
}

/** Bytes of a trial's row, its lines of the journal without reports, and its place in the page of the report. */
const TRIAL_BYTES = 1_500;
/** The page of the report by itself. */
const PAGE_BYTES = 250_000;
/** What a results folder will take at most, in bytes; null where no trial has reported. */
export function bytesOnDisk({ dataset, loaded }: PreparedCampaign, forecast: Forecast): number | null {
  const sample = forecast.sample?.reports[0];
  if (sample === undefined) return null;
  const event = { type: 'trial-reported', trial: 'x'.repeat(32), attempt: 1, report: sample };
  const line = encodeEntry({ seq: 100_000, at: new Date(0).toISOString(), event }, CHAIN_START).length;
  const row = Object.values(sample.metrics).join(',').length + 12;
  const journaled = forecast.reports.max * (line + row) + forecast.trials.max * TRIAL_BYTES;
  const costs = loaded.config.trainer.costs(dataset);
  const networks =
    costs === null || forecast.mostExpensive === null
      ? 0
      : costs.savedBytes(forecast.mostExpensive.parameters);
  return journaled + PAGE_BYTES + networks;
}
