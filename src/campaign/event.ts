import type { Json } from './canonical-json.js';
import type { Finding } from './finding.js';
import type { Metric } from './metric.js';
import type { Evaluation, FailureCode } from './outcome.js';
import type { Report } from './report.js';
import type { TrialKey, TrialSpec } from './trial.js';

/** What a campaign is, said once at its start. */
export interface CampaignFacts {
  readonly name: string;
  /** `fit_first`, `grid`, `random`, ... */
  readonly method: string;
  /** The stages that the method goes through, in order. */
  readonly stages: readonly string[];
  readonly metric: Metric;
  /** Which epoch a trial is judged by: its best on validation, or its last. */
  readonly checkpoint: 'best' | 'last';
  /** Names of the parameters, in the order of the config. */
  readonly parameters: readonly string[];
  /** The training identity. */
  readonly identity: string;
  /** The resolved config, for views and to compare on resume. */
  readonly config: Json;
  /** Rows, columns, classes, split and fit ceiling in words of the data; null without data. */
  readonly data: DataFacts | null;
  /** What was noticed before any training. */
  readonly findings: readonly Finding[];
}

/** What is known of the data before any training. */
export interface DataFacts {
  readonly task: 'classification' | 'regression';
  /** SHA-256 of the contents of the data, by content and not by path. */
  readonly hash: string;
  readonly rows: number;
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

/** The vocabulary of a campaign: whatever happens to it is one of these. */
export type CampaignEvent =
  | ({ readonly type: 'campaign-started' } & CampaignFacts)
  /**
   * The search has changed while the training identity stayed: the method plans anew under these facts, and finds
   * every trial settled that has been before.
   */
  | ({ readonly type: 'campaign-extended' } & CampaignFacts)
  /** A new driver took over; what was running is waiting again. */
  | { readonly type: 'campaign-resumed' }
  | {
      readonly type: 'batch-planned';
      readonly stage: string;
      readonly because: string;
      readonly trials: readonly TrialSpec[];
      /** Trials that may be needed next: idle workers may start them, nothing waits for them. */
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
      readonly reason: 'complete' | 'fit';
      readonly evaluation: Evaluation | null;
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
  /** The attempt failed in a way that may pass: the trial waits for another one. */
  | {
      readonly type: 'attempt-failed';
      readonly trial: TrialKey;
      readonly attempt: number;
      readonly code: FailureCode;
      readonly message: string;
    }
  /** A trial that has failed, and that no decision rests on yet, waits for another attempt. */
  | { readonly type: 'trial-reopened'; readonly trial: TrialKey }
  /** The worker or the driver died, or the run was interrupted: the trial is waiting again. */
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

/** An event as the journal holds it. */
export interface CampaignEntry {
  /** 1 for the first event of a campaign, then one more each. */
  readonly seq: number;
  /** When the event was appended: ISO 8601, UTC. */
  readonly at: string;
  readonly event: CampaignEvent;
}
