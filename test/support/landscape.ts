import type { Report } from '../../src/campaign/report.js';
import type { TrialSpec } from '../../src/campaign/trial.js';
import { keyedStream } from '../../src/numeric/keyed-stream.js';

/** What a trial of a made-up network reports, as a function of its spec alone. */
export type Landscape = (spec: TrialSpec) => readonly Report[];

/**
 * A made-up learning problem in closed form: networks of at least `fitsFrom` hidden units reach a training
 * accuracy of 1 (the larger the sooner), and validation is best at a dropout rate of `bestDropout` and at
 * `bestHidden` units. A little noise by repeat, the same for every setting.
 */
export function landscape(
  shape: { fitsFrom?: number; bestDropout?: number; bestHidden?: number } = {},
): Landscape {
  const { fitsFrom = 16, bestDropout = 0.35, bestHidden = 32 } = shape;
  return (spec) => {
    const hidden = Number(spec.parameters.hidden);
    const dropout = Number(spec.parameters.dropout);
    const rate = Number(spec.parameters.learning_rate ?? 0.01);
    const noise = keyedStream('landscape', spec.repeat).uniform() * 0.02;
    return Array.from({ length: spec.epochs }, (_, i) => {
      const epoch = i + 1;
      const progress = Math.min(1, (epoch * hidden) / (12 * fitsFrom));
      const ceiling = hidden >= fitsFrom ? 1 : 0.6 + (0.35 * hidden) / fitsFrom;
      const misfit = Math.abs(hidden - bestHidden) / 200 + Math.abs(rate - 0.01);
      const overfit = (dropout - bestDropout) * (dropout - bestDropout) + Math.abs(epoch - 10) / 500;
      return {
        epoch,
        metrics: {
          train_loss: 1 - ceiling * progress,
          train_accuracy: ceiling * progress,
          val_loss: 0.3 + misfit + overfit + noise,
        },
      };
    });
  };
}
