import type { Campaign } from '../../campaign/campaign.js';
import type { ConclusionKind } from '../../campaign/event.js';
import type { Metric } from '../../campaign/metric.js';
import type { Parameters } from '../../campaign/parameters.js';
import { isSettled } from '../../campaign/trial.js';
import { askedTrials } from '../model/asked-trials.js';
import { bestSoFar } from '../model/best-so-far.js';
import type { Timing } from '../model/timing.js';
import { variedParameters } from '../model/varied-parameters.js';
import { lastFinding } from '../summary/decisions.js';
import { type Summary, summarise } from '../summary/summary.js';

/** A campaign among others, in a few facts. */
export type CampaignOverview = ReadableCampaign | UnreadableCampaign;

/** A campaign that can be read. */
export interface ReadableCampaign {
  /** Its results folder. */
  readonly folder: string;
  readonly name: string;
  /** `maybe-running`: a process on another host holds the lock, or held it when it died. */
  readonly state: 'running' | 'maybe-running' | 'interrupted' | 'concluded';
  /** How it ended; null without a conclusion. */
  readonly conclusion: ConclusionKind | null;
  readonly method: string;
  readonly metric: Metric;
  /** Trials that the method has asked for, and those of which nothing more will come. */
  readonly trials: { readonly asked: number; readonly settled: number };
  /** The stage of the last batch; null before the first. */
  readonly stage: string | null;
  readonly chosen: Parameters | null;
  /** Names of the parameters that the search varies. */
  readonly varied: readonly string[];
  /** The mean of the metric of the chosen setting, as the choice states it: on fresh repeats if it ran on any. */
  readonly score: number | null;
  readonly gain: Summary['gain'];
  /** The best setting until now, in words, for a campaign that has not chosen yet. */
  readonly best: string | null;
  /** When the last event happened, in milliseconds since 1970. */
  readonly lastEvent: number | null;
}

/** A campaign whose journal cannot be read. */
export interface UnreadableCampaign {
  readonly folder: string;
  readonly state: 'unreadable';
  readonly problem: string;
  readonly lastEvent: null;
}

/** What an overview says of a campaign, wherever its folder is and whether or not a run is at work on it. */
export type OverviewFacts = Omit<ReadableCampaign, 'folder' | 'state'>;

/**
 * The overview of a campaign that has begun. `holder` says whether a process holds the lock of its folder. Throws
 * RangeError for a campaign without facts.
 */
export function campaignOverview(
  folder: string,
  campaign: Campaign,
  timing: Timing,
  holder: 'at-work' | 'gone' | 'unknown',
): ReadableCampaign {
  return overviewOf(folder, stateOf(campaign, holder), overviewFacts(campaign, timing));
}

/** The overview of a campaign of which these facts are known. */
export function overviewOf(
  folder: string,
  state: ReadableCampaign['state'],
  { name, ...facts }: OverviewFacts,
): ReadableCampaign {
  return { folder, name, state, ...facts };
}

/** What an overview says of a campaign that has begun. Throws RangeError for a campaign without facts. */
export function overviewFacts(campaign: Campaign, timing: Timing): OverviewFacts {
  using _ = campaign.trials.keepRead();
  const summary = summarise(campaign);
  const trials = [...askedTrials(campaign)];
  return {
    name: summary.name,
    conclusion: campaign.conclusion?.kind ?? null,
    method: summary.method,
    metric: summary.metric,
    trials: { asked: trials.length, settled: trials.filter(isSettled).length },
    stage: campaign.batches.last()?.stage ?? null,
    chosen: summary.chosen,
    varied: variedParameters(campaign),
    score: summary.chosen === null ? null : (lastFinding(campaign, 'chosen')?.validation.mean ?? null),
    gain: summary.gain,
    best: summary.chosen === null ? bestSoFar(campaign) : null,
    lastEvent: timing.last,
  };
}

/** The overview of a campaign that cannot be read, with the reason. */
export function unreadableCampaign(folder: string, problem: string): UnreadableCampaign {
  return { folder, state: 'unreadable', problem, lastEvent: null };
}

function stateOf(
  { conclusion }: Campaign,
  holder: 'at-work' | 'gone' | 'unknown',
): ReadableCampaign['state'] {
  if (conclusion !== null) return 'concluded';
  switch (holder) {
    case 'at-work':
      return 'running';
    case 'unknown':
      return 'maybe-running';
    case 'gone':
      return 'interrupted';
    default:
      return holder satisfies never;
  }
}
