import type { CampaignFacts } from '../../campaign/event.js';
import { isSettled, type Settled, type Trial } from '../../campaign/trial.js';
import { scoredReport, trialScore } from '../../campaign/trial-score.js';
import type { Asked } from '../../views/model/asked-trials.js';
import { epochsRun } from '../../views/model/epochs/epochs-run.js';

/** Optuna's states of trials, by their numbers in a journal. */
export const OPTUNA_STATE = { running: 0, complete: 1, pruned: 2, fail: 3, waiting: 4 } as const;

/** What Optuna keeps of a trial besides its parameters. */
interface OptunaTrial {
  readonly state: (typeof OPTUNA_STATE)[keyof typeof OPTUNA_STATE];
  /** Null where there is no score. */
  readonly value: number | null;
  readonly attributes: Readonly<Record<string, string | number>>;
  /** The campaign's metric by epoch; empty until the trial has ended. */
  readonly curve: readonly (readonly [epoch: number, value: number])[];
}

/**
 * A trial as Optuna keeps it. A trial that fell behind is pruned, and so is one that has no score, such as a committee.
 * The metrics of the epoch that counts are attributes.
 */
export function optunaTrial(trial: Asked, facts: CampaignFacts): OptunaTrial {
  const { repeat } = trial.spec;
  const planned = { key: trial.key, stage: trial.stage, repeat };
  if (!isSettled(trial)) {
    const state = trial.state === 'running' ? OPTUNA_STATE.running : OPTUNA_STATE.waiting;
    return { state, value: null, attributes: planned, curve: [] };
  }
  const score = trialScore(trial, facts);
  const isScored = trial.state === 'finished' && Number.isFinite(score);
  const scored = scoredReport(trial, facts);
  const metrics = { ...scored?.metrics, ...(trial.state === 'finished' && trial.final) };
  const named = Object.entries(metrics).map(([name, value]) => [
    RESERVED.has(name) ? `metric_${name}` : name,
    value,
  ]);
  return {
    state: stateOf(trial, isScored),
    value: isScored ? score : null,
    attributes: {
      ...planned,
      ...Object.fromEntries(named),
      ...endOf(trial),
      epochs: epochsRun(trial),
      ...(isScored && scored !== null && { best_epoch: scored.epoch }),
    },
    curve: curveOf(trial, facts.metric.name),
  };
}

/** Optuna expects a value of every complete trial. */
function stateOf(trial: Settled, isScored: boolean): OptunaTrial['state'] {
  if (trial.state !== 'finished') return OPTUNA_STATE.fail;
  return isScored && trial.reason !== 'stopped-early' ? OPTUNA_STATE.complete : OPTUNA_STATE.pruned;
}

/** Attributes that are not metrics. */
const RESERVED: ReadonlySet<string> = new Set([
  'key',
  'stage',
  'repeat',
  'state',
  'reason',
  'message',
  'epochs',
  'best_epoch',
]);

function endOf(trial: Trial): Record<string, string> {
  const { state } = trial;
  if (trial.state === 'failed') return { state, reason: trial.code, message: trial.message };
  return trial.state === 'finished' || trial.state === 'stopped'
    ? { state, reason: trial.reason }
    : { state };
}

function curveOf({ reports }: Trial, metric: string): [number, number][] {
  const curve: [number, number][] = [];
  for (const { epoch, metrics } of reports) {
    const value = Object.hasOwn(metrics, metric) ? metrics[metric] : undefined;
    if (value !== undefined && Number.isFinite(value)) curve.push([epoch, value]);
  }
  return curve;
}
