/** How much to search and train, for rows of some number. */
export interface StarterPlan {
  /** The first size; growth doubles it. */
  readonly hidden: number;
  readonly dropout: readonly number[];
  /** null where there are too few inputs to do without some. */
  readonly inputDropout: readonly number[] | null;
  readonly learningRates: readonly number[];
  readonly batchSize: number;
  readonly epochs: number;
  readonly maxRepeats: number;
}

/** Updates that a network gets where epochs allow. */
const UPDATES = 5000;
const EPOCHS = [15, 20, 30, 40, 60, 80, 100, 150, 200];
/** From so many inputs on, some may be dropped. */
const INPUTS_TO_DROP_FROM = 8;

/** What suits so many training rows: small tables are cheap, so they get more settings, repeats and epochs. */
export function starterPlan(trainingRows: number, inputs: number): StarterPlan {
  const batchSize = byRows(trainingRows, [
    [250, 16],
    [2500, 32],
    [20_000, 64],
    [200_000, 128],
    [Number.POSITIVE_INFINITY, 256],
  ]);
  const wanted = (UPDATES * batchSize) / trainingRows;
  const epochs = EPOCHS.findLast((some) => some <= wanted) ?? EPOCHS[0] ?? 1;
  const isSmall = trainingRows <= 2500;
  return {
    hidden: byRows(trainingRows, [
      [250, 2],
      [2500, 4],
      [20_000, 8],
      [Number.POSITIVE_INFINITY, 16],
    ]),
    dropout: isSmall ? [0, 0.1, 0.2, 0.35, 0.5] : [0, 0.2, 0.35, 0.5],
    inputDropout: inputs < INPUTS_TO_DROP_FROM ? null : isSmall ? [0, 0.1, 0.2] : [0, 0.2],
    learningRates: isSmall ? [0.003, 0.01] : [0.003],
    batchSize,
    epochs,
    maxRepeats: isSmall ? 8 : 4,
  };
}

function byRows<T>(rows: number, steps: readonly (readonly [most: number, value: T])[]): T {
  const step = steps.find(([most]) => rows <= most) ?? steps.at(-1);
  if (step === undefined) throw new RangeError('there are steps');
  return step[1];
}
