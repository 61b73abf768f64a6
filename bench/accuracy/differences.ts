import { mean, pairedDifference } from '../../src/campaign/statistics.js';
import { type AccuracyRun, OWN_NAME } from './accuracy-run.js';

/** Test rows over training rows, for intervals over splits that share rows. */
const OVERLAP = 1 / 3;

/** A mean difference over splits with its 95 % interval; null bounds on a single split. */
export interface Difference {
  readonly mean: number;
  readonly low: number | null;
  readonly high: number | null;
}

/** Points of accuracy, or how many percent the root mean squared error is lower: above 0 is better. */
function advantage({ task }: AccuracyRun, own: number, other: number): number {
  return task === 'classification' ? 100 * (own - other) : 100 * (1 - own / other);
}

/** By how much fitfirst is better than a peer, on each split on which both have a score. */
export function advantagesOver(runs: readonly AccuracyRun[], peer: string): number[] {
  return runs.flatMap((run) => {
    const [own, other] = [run.scores[OWN_NAME] ?? null, run.scores[peer] ?? null];
    return own === null || other === null ? [] : [advantage(run, own, other)];
  });
}

/** By how much committees are better than their first network: by score, and how many percent their loss is lower. */
export function committeeAdvantages(runs: readonly AccuracyRun[]): Record<'score' | 'loss', number[]> {
  const each = runs.flatMap((run) => {
    const { single, committeeGain: gain, task } = run;
    const name = task === 'classification' ? 'accuracy' : 'rmse';
    const [alone, gained] = [single?.[name], gain?.[name]];
    if (alone === undefined || gained === undefined) return [];
    // A gain above 0 is a higher accuracy or a lower error.
    const score = task === 'classification' ? 100 * gained : (100 * gained) / alone;
    const loss = (100 * (gain?.loss ?? Number.NaN)) / (single?.loss ?? Number.NaN);
    return [{ score, loss }];
  });
  return {
    score: each.map(({ score }) => score),
    loss: each.flatMap(({ loss }) => (Number.isFinite(loss) ? [loss] : [])),
  };
}

/** The mean over splits. The interval allows for the rows that they share. */
export function differenceOver(differences: readonly number[]): Difference {
  if (differences.length < 2) return { mean: mean(differences), low: null, high: null };
  return pairedDifference(differences, OVERLAP);
}
