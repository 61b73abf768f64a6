import { isBetter, type Metric } from '../../src/campaign/metric.js';
import type { Settled, TrialSpec } from '../../src/campaign/trial.js';
import { trialScore } from '../../src/campaign/trial-score.js';
import { found, type Method, method } from '../../src/methods/method.js';
import { keyedStream } from '../../src/numeric/keyed-stream.js';

const metric: Metric = { name: 'val_loss', goal: 'minimize' };
const because = 'Each setting is drawn near the best one that is known by then.';

/** What a windowed search is made of. */
export interface WindowedSearch {
  readonly trials: number;
  readonly window: number;
  readonly epochs: number;
  /** Called when the procedure starts. */
  readonly onStart?: () => void;
  /** Called with what the procedure knows when it proposes a trial, counted from 0. */
  readonly onProposal?: (index: number, answers: readonly Settled[]) => void;
}

/**
 * A method that proposes each trial from the answers up to `window` trials ago: any other answer gives another
 * proposal.
 */
export function windowedSearch(options: WindowedSearch): Method {
  const { trials, window, epochs, onStart, onProposal } = options;
  return method('windowed', function* () {
    onStart?.();
    const answers: Settled[] = [];
    let best = null as Settled | null;
    let sum = 0;
    const learn = (settled: readonly Settled[]): void => {
      for (const trial of settled) {
        const score = trialScore(trial, { metric, checkpoint: 'best' });
        answers.push(trial);
        if (Number.isFinite(score)) sum += score;
        const known = best === null ? Number.NaN : trialScore(best, { metric, checkpoint: 'best' });
        if (isBetter(metric.goal, score, known)) best = trial;
      }
    };
    for (let index = 0; index < trials; index++) {
      onProposal?.(index, answers);
      const spec = proposal(index, best, sum, epochs);
      learn(yield { kind: 'ask', stage: 'search', because, trials: [spec], window });
    }
    learn(yield { kind: 'collect' });
    const { spec } = nonNull(best);
    const final: TrialSpec = { ...spec, repeat: 0, finish: { on: 'training', checkpoint: 'best' } };
    const validation = { mean: sum / trials, standardError: null, repeats: 1 };
    const { parameters } = spec;
    yield* found({ kind: 'chosen', parameters, epochs, validation, because: 'The best of all is chosen.' });
    yield {
      kind: 'batch',
      stage: 'finish',
      because: 'The best setting is trained once more.',
      trials: [final],
    };
    return { kind: 'conclusion', ending: 'chosen', chosen: final, because: 'The best setting was trained.' };
  });
}

function proposal(index: number, best: Settled | null, sum: number, epochs: number): TrialSpec {
  const draw = keyedStream('windowed', index, Math.floor(sum * 1e9) % 2 ** 31);
  const dropout = Number(best?.spec.parameters.dropout ?? 0.5) + (draw.uniform() - 0.5) / 4;
  const hidden = Math.max(2, Number(best?.spec.parameters.hidden ?? 16) + draw.below(9) - 4);
  const parameters = { hidden, dropout: Math.min(0.9, Math.max(0, dropout)), learning_rate: 0.01 };
  return { parameters, repeat: 1, epochs, until: null, finish: null };
}

function nonNull<T>(value: T | null): T {
  if (value === null) throw new RangeError('no trial gave the metric');
  return value;
}
