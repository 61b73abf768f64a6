import type { Campaign, Concluded } from './campaign.js';
import type { CampaignFacts } from './event.js';
import type { Finding } from './finding.js';
import type { Report } from './report.js';
import type { Trial, TrialKey, TrialSpec, TrialState } from './trial.js';

/** A trial as a plain object. */
export type TrialRecord = {
  readonly key: TrialKey;
  readonly spec: TrialSpec;
  readonly stage: string;
  /** Its place in the order in which the method asked for trials, from 1; null if no batch has asked for it yet. */
  readonly number: number | null;
  /** Attempts so far; 0 before the first. */
  readonly attempts: number;
  /** The reports of the last attempt, in order of epoch. */
  readonly reports: readonly Report[];
} & TrialState;

/**
 * A campaign as plain read-only objects, for code outside of fitfirst. It never changes: each event makes another
 * one.
 */
export interface CampaignRecord {
  /** What the campaign is; null before its first event. */
  readonly facts: CampaignFacts | null;
  /**
   * The trials that the method asked for, in that order. Built when it is read: keep it rather than read it twice.
   */
  readonly trials: readonly TrialRecord[];
  /** What was decided or noticed, in order. */
  readonly findings: readonly Finding[];
  /** How the campaign ended; null while it has not. */
  readonly conclusion: Concluded | null;
  /** One trial by its key, in constant time; undefined if it is unknown. */
  trial(key: string): TrialRecord | undefined;
}

/** The campaign as plain objects. Costs nothing until a part is read. */
export function campaignRecord(campaign: Campaign): CampaignRecord {
  return new LazyRecord(campaign);
}

class LazyRecord implements CampaignRecord {
  readonly #campaign: Campaign;

  constructor(campaign: Campaign) {
    this.#campaign = campaign;
  }

  get facts(): CampaignFacts | null {
    return this.#campaign.facts;
  }

  get trials(): readonly TrialRecord[] {
    const { asked, trials } = this.#campaign;
    return asked.toArray().flatMap((key) => {
      const trial = trials.get(key);
      return trial === undefined ? [] : [trialRecord(trial)];
    });
  }

  get findings(): readonly Finding[] {
    return this.#campaign.findings.toArray();
  }

  get conclusion(): Concluded | null {
    return this.#campaign.conclusion;
  }

  trial(key: string): TrialRecord | undefined {
    // Keys are strings with a brand; one that is not a key is simply not there.
    const trial = this.#campaign.trials.get(key as TrialKey);
    return trial && trialRecord(trial);
  }
}

/** The trial as a plain object. */
export function trialRecord({ reports, ...trial }: Trial): TrialRecord {
  return { ...trial, reports: reports.toArray() };
}
