import {
  type PredictionMetric,
  predictionMetric,
  predictionMetricNamed,
} from '../../evaluation/prediction-metrics.js';
import { scoresOf } from '../../evaluation/scores.js';
import type { Engine, EngineParts, SetName } from '../engine.js';
import type { TrialPart } from '../trial-part.js';

const setNames: readonly SetName[] = ['train', 'val', 'test'];

/** What a report says of a part. */
interface MeasuredPart {
  readonly set: SetName;
  readonly part: TrialPart;
  /** The names of the part's scores and what a report calls them. */
  readonly scores: readonly (readonly [name: string, reported: string])[];
  /** Scores that have to be worked out of the part's answers. */
  readonly further: readonly (readonly [name: PredictionMetric, reported: string])[];
}

/**
 * Makes the function that measures a network for a report, with nothing dropped: it returns null where it was stopped.
 * `asked` names metrics that are worked out of all answers of a part, and only where they are asked for.
 */
export function reportedMetrics(
  engine: Engine,
  parts: EngineParts,
  asked: readonly string[],
  shouldStop: () => boolean,
): () => Record<string, number> | null {
  const measured = setNames.flatMap((set): MeasuredPart[] => {
    const part = parts[set];
    if (part === undefined) return [];
    const scores = Object.keys(scoresOf({ loss: 0, correct: 0 }, part.scale));
    const further = new Set(asked.flatMap((name) => answerScoreOf(set, name) ?? []));
    const withSet = <Name extends string>(name: Name): readonly [Name, string] => [name, `${set}_${name}`];
    return [{ set, part, scores: scores.map(withSet), further: [...further].map(withSet) }];
  });
  return () => {
    const metrics: Record<string, number> = {};
    for (const { set, part, scores, further } of measured) {
      const measurement = engine.measure(set, shouldStop);
      if (measurement === null) return null;
      const found = scoresOf(measurement, part.scale);
      for (const [name, reported] of scores) metrics[reported] = found[name] ?? Number.NaN;
      if (further.length === 0) continue;
      const outputs = engine.answers(set, shouldStop);
      if (outputs === null) return null;
      for (const [name, reported] of further) metrics[reported] = scoreOfAnswers(name, outputs, part);
    }
    return metrics;
  };
}

function answerScoreOf(set: SetName, name: string): PredictionMetric | null {
  return name.startsWith(`${set}_`) ? predictionMetricNamed(name.slice(set.length + 1)) : null;
}

function scoreOfAnswers(
  name: PredictionMetric,
  outputs: Float64Array,
  { targets, scale }: TrialPart,
): number {
  const width = outputs.length / targets.length;
  const deviation = scale.kind === 'number' ? scale.deviation : 1;
  return predictionMetric(name, { outputs, width, targets, deviation })(
    new Uint32Array(targets.length).fill(1),
  );
}
