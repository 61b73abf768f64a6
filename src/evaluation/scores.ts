/** Measured over a part: the mean loss, and how many rows have the right class. */
interface Measured {
  readonly loss: number;
  readonly correct: number;
}

/** What the scores of a part need to know of it. */
export type TargetScale =
  | { readonly kind: 'class'; readonly rows: number }
  | {
      readonly kind: 'number';
      readonly rows: number;
      /** Sum of the squared distances of the part's standardised targets from their mean. */
      readonly spread: number;
      /** One standard deviation in the target's units. */
      readonly deviation: number;
    };

/**
 * The scores of a part by name. Classes: `loss`, the mean over rows, and `accuracy`, a share. Numbers: `loss`,
 * the mean of half the squared error of the standardised target; `r2`, the share of the part's variance that
 * is explained; `rmse`, in the target's units.
 */
export function scoresOf(measured: Measured, scale: TargetScale): Readonly<Record<string, number>> {
  const { loss, correct } = measured;
  switch (scale.kind) {
    case 'class':
      return { loss, accuracy: correct / scale.rows };
    case 'number':
      return {
        loss,
        r2: explained(2 * loss * scale.rows, scale.spread),
        rmse: Math.sqrt(2 * loss) * scale.deviation,
      };
    default:
      return scale satisfies never;
  }
}

/** 1 - errors / spread; where the targets do not vary, 1 for no error at all and else 0. */
export function explained(squaredErrors: number, spread: number): number {
  if (!Number.isFinite(squaredErrors)) return Number.NaN;
  if (spread === 0) return squaredErrors === 0 ? 1 : 0;
  return 1 - squaredErrors / spread;
}

/** Sum of the squared distances from the mean. */
export function spreadOf(values: ArrayLike<number>): number {
  let mean = 0;
  for (let k = 0; k < values.length; k++) mean += values[k] ?? Number.NaN;
  mean /= values.length;
  let spread = 0;
  for (let k = 0; k < values.length; k++) {
    const away = (values[k] ?? Number.NaN) - mean;
    spread += away * away;
  }
  return spread;
}
