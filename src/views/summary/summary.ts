import type { Campaign } from '../../campaign/campaign.js';
import type { CampaignFacts } from '../../campaign/event.js';
import type { Finding, MeanWithInterval } from '../../campaign/finding.js';
import type { Metric } from '../../campaign/metric.js';
import type { Estimate } from '../../campaign/outcome.js';
import type { Parameters } from '../../campaign/parameters.js';
import type { Trial } from '../../campaign/trial.js';
import { epochsTrained } from '../model/epochs/epochs-run.js';
import { trialsWithoutResult } from '../model/trials-without-result.js';
import { decisions, lastFinding, warnings } from './decisions.js';
import { type EpochsSaved, epochsSaved } from './epochs-saved.js';
import { committeeOf, finalOf, finalTrials } from './final-trials.js';
import { type ValidationOfSetting, validationOf } from './validation.js';

/** Numbers by name, in the order of the names. */
type Numbers = Readonly<Record<string, number>>;

/** What a campaign came to, in the words and the order of `summary.json`. Null is what does not apply, or not yet. */
export interface Summary {
  readonly name: string;
  readonly method: string;
  readonly metric: Metric;
  /** Which epoch a trial is judged by. */
  readonly checkpoint: 'best' | 'last';
  /** The setting at the smallest size that fits. */
  readonly fitted: Parameters | null;
  /** The setting at the size that is best on validation without dropout. */
  readonly grown: Parameters | null;
  /** What dropout at the fitted size alone would have chosen. */
  readonly strict: Parameters | null;
  readonly chosen: Parameters | null;
  readonly baseline: Parameters | null;
  /** The metric of chosen and baseline in the search: means over repeats at the best epoch and at the last. */
  readonly validation: {
    readonly chosen: ValidationOfSetting | null;
    readonly baseline: ValidationOfSetting | null;
  };
  /**
   * The mean of the metric of the chosen setting on fresh repeats, with its 95 % interval. Left out where no finalists
   * of a search ran on fresh repeats.
   */
  readonly fresh?: {
    readonly mean: number;
    readonly low: number;
    readonly high: number;
    readonly repeats: number;
  };
  /**
   * The Pareto front of several objectives: the means of each setting with their 95 % intervals, the best in the
   * campaign's metric first. Left out where there is one objective.
   */
  readonly front?: readonly {
    readonly parameters: Parameters;
    readonly values: Readonly<Record<string, MeanWithInterval>>;
  }[];
  readonly gain: {
    readonly mean: number;
    readonly low: number | null;
    readonly high: number | null;
    readonly repeats: number;
    readonly detectable: number | null;
  } | null;
  readonly test: Numbers | null;
  readonly test_intervals: Readonly<Record<string, readonly [number, number] | null>> | null;
  readonly baseline_test: Numbers | null;
  /** What the chosen trial reported once, for the whole trial; left out if that is nothing. */
  readonly final?: Numbers;
  /** Only if the network is a committee: how it compares with its first member. Gains above 0 are better. */
  readonly committee?: {
    readonly networks: number;
    readonly single_test: Numbers | null;
    readonly gain: Numbers | null;
    readonly gain_intervals: Readonly<Record<string, readonly [number, number] | null>> | null;
  };
  readonly redundancy: { readonly chosen: number | null; readonly baseline: number | null } | null;
  readonly fit_ceiling: number | null;
  readonly ties: readonly Parameters[];
  readonly warnings: readonly {
    readonly code: string;
    readonly numbers: Readonly<Record<string, number | string>>;
    readonly because: string;
  }[];
  /** The sentences of everything that was decided or noticed, in order. */
  readonly decisions: readonly string[];
  /**
   * The trials that failed, and those that a person stopped, in the order of their numbers. Left out if there are none.
   * The reason is that of `trials.csv`; messages are not part of a result.
   */
  readonly without_result?: readonly {
    readonly trial: number;
    readonly stage: string;
    readonly parameters: Parameters;
    readonly repeat: number;
    readonly state: 'failed' | 'stopped';
    readonly reason: string;
  }[];
  /** Trials that were asked for. */
  readonly trials: number;
  /** Epochs that those ran. */
  readonly epochs_trained: number;
  /** By the reasons of `trials.csv`, what `stop_early` saved. Left out if it ended no trial. */
  readonly ended_early?: EpochsSaved;
}

/**
 * What a campaign came to. It depends on what was asked for and what came of it, not on when: records are in an
 * order of their own (parameters as in the config, all else by name), so that a campaign read back from its journal
 * gives the same text. Throws RangeError for a campaign that has not started.
 */
export function summarise(campaign: Campaign): Summary {
  const { facts } = campaign;
  if (facts === null) throw new RangeError('a campaign that has not started has no summary');
  const { chosen, baseline, single } = finalTrials(campaign);
  const setting = (kind: 'fitted' | 'grown' | 'strict' | 'chosen' | 'baseline'): Parameters | null => {
    const parameters = lastFinding(campaign, kind)?.parameters ?? null;
    return parameters && inConfigOrder(parameters, facts);
  };
  const own = { chosen: setting('chosen'), baseline: setting('baseline') };
  return {
    name: facts.name,
    method: facts.method,
    metric: { name: facts.metric.name, goal: facts.metric.goal },
    checkpoint: facts.checkpoint,
    fitted: setting('fitted'),
    grown: setting('grown'),
    strict: setting('strict'),
    ...own,
    validation: {
      chosen: own.chosen && validationOf(own.chosen, campaign, facts),
      baseline: own.baseline && validationOf(own.baseline, campaign, facts),
    },
    ...freshOf(lastFinding(campaign, 'chosen')),
    ...frontSummary(lastFinding(campaign, 'front'), facts),
    gain: gainOf(lastFinding(campaign, 'gain')),
    test: mapEstimates(testOf(chosen), numberOf),
    test_intervals: mapEstimates(testOf(chosen), intervalOf),
    baseline_test: mapEstimates(testOf(baseline), numberOf),
    ...finalSummary(chosen),
    ...committeeSummary(chosen, single),
    redundancy: chosen && { chosen: redundancyOf(chosen), baseline: redundancyOf(baseline) },
    fit_ceiling: facts.data?.fitCeiling ?? null,
    ties: (lastFinding(campaign, 'ties')?.settings ?? []).map((tie) => inConfigOrder(tie, facts)),
    warnings: warnings(campaign).map(({ code, numbers, because }) => ({
      code,
      numbers: Object.fromEntries(Object.entries(numbers).sort(byName)),
      because,
    })),
    decisions: decisions(campaign).map(({ because }) => because),
    ...withoutResult(campaign, facts),
    trials: campaign.asked.size,
    epochs_trained: epochsTrained(campaign),
    ...earlyEnds(campaign),
  };
}

function earlyEnds(campaign: Campaign): Pick<Summary, 'ended_early'> {
  const saved = epochsSaved(campaign);
  if (saved === null) return {};
  return { ended_early: Object.fromEntries(Object.entries(saved).sort(byName)) };
}

function withoutResult(campaign: Campaign, facts: CampaignFacts): Pick<Summary, 'without_result'> {
  const trials = trialsWithoutResult(campaign);
  if (trials.length === 0) return {};
  return {
    without_result: trials.map((trial) => ({
      trial: trial.number,
      stage: trial.stage,
      parameters: inConfigOrder(trial.spec.parameters, facts),
      repeat: trial.spec.repeat,
      state: trial.state,
      reason: trial.state === 'failed' ? trial.code : trial.reason,
    })),
  };
}

function inConfigOrder(parameters: Parameters, facts: CampaignFacts): Parameters {
  const place = (name: string): number => (facts.parameters.indexOf(name) + 1 || Number.MAX_SAFE_INTEGER) - 1;
  const entries = Object.entries(parameters).sort(byName);
  return Object.fromEntries(entries.sort(([a], [b]) => place(a) - place(b)));
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function freshOf(chosen: Extract<Finding, { kind: 'chosen' }> | undefined): Pick<Summary, 'fresh'> {
  if (chosen?.interval === undefined) return {};
  const { mean, repeats } = chosen.validation;
  const { low, high } = chosen.interval;
  return { fresh: { mean, low, high, repeats } };
}

function frontSummary(
  front: Extract<Finding, { kind: 'front' }> | undefined,
  facts: CampaignFacts,
): Pick<Summary, 'front'> {
  if (front === undefined) return {};
  const { objectives } = front;
  return {
    front: front.settings.map(({ parameters, values }) => ({
      parameters: inConfigOrder(parameters, facts),
      values: Object.fromEntries(values.map((value, i) => [objectives[i]?.name ?? '', value])),
    })),
  };
}

function gainOf(gain: Extract<Finding, { kind: 'gain' }> | undefined): Summary['gain'] {
  if (gain === undefined) return null;
  const { mean, low, high, repeats, detectable } = gain;
  return { mean, low, high, repeats, detectable };
}

function finalSummary(chosen: Trial | null): Pick<Summary, 'final'> {
  const final = finalOf(chosen);
  return final === null ? {} : { final: Object.fromEntries(Object.entries(final).sort(byName)) };
}

function committeeSummary(chosen: Trial | null, single: Trial | null): Pick<Summary, 'committee'> {
  const committee = committeeOf(chosen);
  if (committee === null) return {};
  const { networks, gain } = committee;
  return {
    committee: {
      networks,
      single_test: mapEstimates(testOf(single), numberOf),
      gain: mapEstimates(gain, numberOf),
      gain_intervals: mapEstimates(gain, intervalOf),
    },
  };
}

const numberOf = ({ value }: Estimate): number => value;

function intervalOf({ low, high }: Estimate): readonly [number, number] | null {
  return low === null || high === null ? null : [low, high];
}

function testOf(trial: Trial | null): Readonly<Record<string, Estimate>> | null {
  return trial?.state === 'finished' ? (trial.evaluation?.test ?? null) : null;
}

function mapEstimates<Mapped>(
  estimates: Readonly<Record<string, Estimate>> | null,
  mapped: (estimate: Estimate) => Mapped,
): Record<string, Mapped> | null {
  if (estimates === null) return null;
  const entries = Object.entries(estimates).sort(byName);
  return Object.fromEntries(entries.map(([name, estimate]) => [name, mapped(estimate)]));
}

function redundancyOf(trial: Trial | null): number | null {
  return trial?.state === 'finished' ? (trial.evaluation?.redundancy ?? null) : null;
}
