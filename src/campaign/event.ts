import type { Json } from './canonical-json.js';
import type { Finding } from './finding.js';
import type { Metric } from './metric.js';
import type { Evaluation, FailureCode, FinishReason } from './outcome.js';
import type { CampaignPlan } from './plan.js';
import type { Report, ReportColumns } from './report.js';
import type { SearchSpace } from './search-space.js';
import type { TrialKey, TrialSpec } from './trial.js';

/** What a campaign is, recorded once at its start. */
export interface CampaignFacts {
  readonly name: string;
  /** `fit_first`, `grid`, `random`, ... */
  readonly method: string;
  /** What the method goes by. */
  readonly plan: CampaignPlan;
  /** The seed of all randomness. */
  readonly seed: number;
  /** Whether fitfirst's own network is trained, of which more is known than of any other trainer. */
  readonly trainer: 'built-in' | 'external';
  readonly metric: Metric;
  /** The epoch that a trial is judged by: its best on validation, or its last. */
  readonly checkpoint: 'best' | 'last';
  /** Names of the parameters, in the order of the config. */
  readonly parameters: readonly string[];
  /** What values each of them may take. */
  readonly space: SearchSpace;
  /** The training identity. */
  readonly identity: string;
  /**
   * The resolved config without the method, in the words of the config file: for people, and for the comparison when a
   * campaign resumes.
   */
  readonly config: Json;
  /** Rows, columns, classes, parts and fit ceiling; null without data. */
  readonly data: DataFacts | null;
  /** What was noticed before any training. */
  readonly findings: readonly Finding[];
  /** False if trials of a user's program are not looked at for what is wrong with it, as in version 0.1.0. */
  readonly notices?: false;
}

/** What is known of the data before any training. */
export interface DataFacts {
  readonly task: 'classification' | 'regression';
  /** SHA-256 of the contents of the data, independent of the path. */
  readonly hash: string;
  readonly rows: number;
  /** Columns of a table that are not inputs, as the config names them; without its target. */
  readonly dropped: readonly (string | number)[];
  /** Lines of the files that are no rows, counted from 1. Left out if there are none. */
  readonly skippedLines?: readonly number[];
  /** How the files write numbers. Left out for plain numbers such as 1234.5. */
  readonly notation?: {
    readonly decimal: 'point' | 'comma';
    readonly thousands: 'comma' | 'point' | 'space' | 'apostrophe' | null;
  };
  /** Columns of the network's input, after one-hot encoding. */
  readonly inputs: number;
  /** Class names in their order; null for regression. */
  readonly classes: readonly string[] | null;
  /** Rows in each part on repeat 1. */
  readonly parts: { readonly training: number; readonly validation: number; readonly test: number };
  /** The best training metric that any network could reach on repeat 1 (accuracy, or R2). */
  readonly fitCeiling: number;
  /** Rows whose inputs equal another row's while their targets differ. */
  readonly contradictingRows: number;
}

/**
 * How a campaign ends: with a setting `chosen`; `nothing-fits` where trials ran and no setting can be used; `failed`
 * where trials failed; `stopped` where a person stopped what could have been chosen.
 */
export type ConclusionKind = (typeof conclusionKinds)[number];

export const conclusionKinds = ['chosen', 'nothing-fits', 'failed', 'stopped'] as const;

/** Everything that can happen to a campaign. The journal may hold several reports in one entry: see `StoredEvent`. */
export type CampaignEvent =
  | ({ readonly type: 'campaign-started' } & CampaignFacts)
  /**
   * The search has changed and the training identity has not. The method plans again under these facts, and every
   * trial that was settled before still is.
   */
  | ({ readonly type: 'campaign-extended' } & CampaignFacts)
  /** A new process runs the campaign. Trials that were running wait again. */
  | { readonly type: 'campaign-resumed' }
  | {
      readonly type: 'batch-planned';
      readonly stage: string;
      readonly because: string;
      readonly trials: readonly TrialSpec[];
      /** Speculative trials, which may be needed next: idle workers may run them, and nothing waits for them. */
      readonly ahead: readonly TrialSpec[];
      readonly findings: readonly Finding[];
    }
  | { readonly type: 'trial-started'; readonly trial: TrialKey; readonly attempt: number }
  | {
      readonly type: 'trial-reported';
      readonly trial: TrialKey;
      readonly attempt: number;
      readonly report: Report;
    }
  | {
      readonly type: 'trial-finished';
      readonly trial: TrialKey;
      readonly attempt: number;
      readonly reason: FinishReason;
      readonly evaluation: Evaluation | null;
      /** Metrics that the trainer reported once, for the whole trial; left out if there are none. */
      readonly final?: Readonly<Record<string, number>>;
      /** Sentences about how its reports were read; left out if there are none. */
      readonly notes?: readonly string[];
    }
  | { readonly type: 'trial-stopped'; readonly trial: TrialKey; readonly reason: 'not-needed' | 'person' }
  | {
      readonly type: 'trial-diverged';
      readonly trial: TrialKey;
      readonly attempt: number;
      readonly epoch: number;
    }
  | {
      readonly type: 'trial-failed';
      readonly trial: TrialKey;
      readonly attempt: number;
      readonly code: FailureCode;
      readonly message: string;
    }
  /** The attempt failed in a way that may pass. The trial waits for another attempt. */
  | {
      readonly type: 'attempt-failed';
      readonly trial: TrialKey;
      readonly attempt: number;
      readonly code: FailureCode;
      readonly message: string;
    }
  /** A failed trial that no decision rests on yet waits for another attempt. */
  | { readonly type: 'trial-reopened'; readonly trial: TrialKey }
  /** The worker or the whole process died, or the run was interrupted. The trial waits again. */
  | {
      readonly type: 'attempt-lost';
      readonly trial: TrialKey;
      readonly attempt: number;
      readonly message: string;
    }
  | {
      readonly type: 'campaign-concluded';
      readonly kind: ConclusionKind;
      readonly chosen: TrialKey | null;
      readonly because: string;
      readonly findings: readonly Finding[];
    };

/** An event, numbered and dated. */
export interface CampaignEntry {
  /** Counted from 1. */
  readonly seq: number;
  /** When the event was appended: ISO 8601, UTC. */
  readonly at: string;
  readonly event: CampaignEvent;
}

/**
 * Several reports of an attempt that arrived together. It means the same as an event for each of them, in a quarter of
 * the space.
 */
export interface ReportedEpochs extends ReportColumns {
  readonly type: 'trial-reported-epochs';
  readonly trial: TrialKey;
  readonly attempt: number;
}

/** An event as the journal holds it. */
export type StoredEvent = CampaignEvent | ReportedEpochs;

/** An entry of the journal. */
export interface StoredEntry extends Omit<CampaignEntry, 'event'> {
  readonly event: StoredEvent;
}
