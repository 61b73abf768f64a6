/** How much is searched and trained, from the least to the most. */
export const STARTER_EFFORTS = ['minimal', 'quick', 'standard', 'thorough'] as const;

export type StarterEffort = (typeof STARTER_EFFORTS)[number];

/** How much to search and train, for rows of some number. */
export interface StarterPlan {
  /** The first size; growth doubles it. */
  readonly hidden: number;
  readonly dropout: readonly number[];
  /** null where there are too few inputs to do without some. */
  readonly inputDropout: readonly number[] | null;
  readonly learningRates: readonly number[];
  /** Numbers of hidden layers; null for networks of one hidden layer. */
  readonly layers: readonly number[] | null;
  readonly batchSize: number;
  readonly epochs: number;
  /** Repeats of a race: all settings run on `first` repeats, and the best on up to `most`. */
  readonly repeats: { readonly first: number; readonly most: number };
  /** Fresh repeats of the finalists, and multiply-adds at which growth ends; null for the defaults. */
  readonly confirm: number | null;
  readonly growthCost: string | null;
  /** Between these sizes growing on ends, in units; null where only validation ends it. */
  readonly growOn: { readonly atLeast: number; readonly atMost: number } | null;
  /** Sizes above the grown one that are tried with dropout. */
  readonly sizesAbove: number;
  /** Networks that are trained and handed over as one. */
  readonly networks: number;
}

/** Updates that a network gets where epochs allow. */
const UPDATES = 5000;
const EPOCHS = [15, 20, 30, 40, 60, 80, 100, 150, 200];
/**
 * From this number of inputs on, the learning rate is 0.001 instead of 0.003. Each output then depends on many weights
 * that change at once. On MNIST the validation loss was higher with 0.003.
 */
const MANY_INPUTS = 256;
/** From this number of inputs on, some may be dropped. */
const INPUTS_TO_DROP_FROM = 8;
/**
 * On small tables the validation score of a few repeats is too noisy to end growing on: where two doublings in a row
 * did not improve it, a wider network still predicted better. On tables that are easily told apart the validation loss
 * falls a little with each doubling, without end, although the score stays the same from 32 to 256 units on
 * (docs/real-data.md).
 */
const SMALL_TABLES_GROW_ON = { atLeast: 128, atMost: 512 };
/**
 * Noisy labels are learned by heart by wide networks in many epochs, or not at all: this suffices for a plateau of some
 * hundred rows (multiply-adds, about a minute of one core).
 */
const SMALL_TABLES_GROWTH_COST = 1e12;
/** The limit of an open range that has none. */
const DEFAULT_GROWTH_COST = 3e11;
/** Sizes that double: three of them cost 1 + 2 + 4 times as much as the first, and five 31 times as much. */
const THREE_SIZES = 7;
const FIVE_SIZES = 31;
/** Trials that still learn go on, up to this many times as long. */
const LONGEST = 8;
/** One validation part of some dozen rows says too little to drop half of the settings. */
const TINY_TABLES_REPEATS = { first: 3, most: 12 };
/** Repeats of each size in growth: two are as good as three (docs/is-it-nearly-optimal.md). */
export const GROWTH_REPEATS = 2;
/** From this number of training rows on, a second layer helps more than it overfits. */
const ROWS_FOR_TWO_LAYERS = 500;

/** What suits this many training rows: small tables are cheap, so they get more settings, repeats and epochs. */
export function starterPlan(
  trainingRows: number,
  inputs: number,
  effort: StarterEffort = 'standard',
): StarterPlan {
  const batchSize = byRows(trainingRows, [
    [250, 32],
    [20_000, 64],
    [200_000, 128],
    [Number.POSITIVE_INFINITY, 256],
  ]);
  const wanted = (UPDATES * batchSize) / trainingRows;
  const epochs = EPOCHS.findLast((some) => some <= wanted) ?? EPOCHS[0] ?? 1;
  const isTiny = trainingRows <= 250;
  const isSmall = trainingRows <= 2500;
  const hidden = byRows(trainingRows, [
    [250, 2],
    [2500, 4],
    [20_000, 8],
    [Number.POSITIVE_INFINITY, 16],
  ]);
  const canDropInputs = inputs >= INPUTS_TO_DROP_FROM;
  const layers = trainingRows >= ROWS_FOR_TWO_LAYERS ? [1, 2] : null;
  const learningRate = inputs < MANY_INPUTS ? 0.003 : 0.001;
  // In multiply-adds, without the outputs.
  const firstSize = GROWTH_REPEATS * hidden * (inputs + 1) * trainingRows * epochs;
  const enough = LONGEST * FIVE_SIZES * firstSize;
  const growOn = isSmall ? SMALL_TABLES_GROW_ON : null;
  const sizesAbove = isSmall ? 2 : 1;
  const every = { hidden, batchSize, epochs };
  switch (effort) {
    case 'minimal':
    case 'quick': {
      const isQuick = effort === 'quick';
      return {
        ...every,
        dropout: isQuick ? [0, 0.2, 0.5] : [0, 0.3],
        inputDropout: null,
        learningRates: [learningRate],
        layers: null,
        repeats: { first: 1, most: isQuick ? 3 : 2 },
        confirm: isQuick ? 3 : 2,
        growOn: null,
        sizesAbove: 0,
        growthCost: costText(
          isQuick ? Math.max(3e10, FIVE_SIZES * firstSize) : Math.max(3e9, THREE_SIZES * firstSize),
        ),
        networks: isQuick ? 3 : 1,
      };
    }
    case 'standard':
      return {
        ...every,
        dropout: isSmall ? [0, 0.1, 0.2, 0.35, 0.5] : [0, 0.2, 0.35, 0.5],
        inputDropout: canDropInputs ? (isSmall ? [0, 0.1, 0.2] : [0, 0.2]) : null,
        learningRates: [learningRate],
        layers: isSmall ? layers : null,
        repeats: isTiny ? TINY_TABLES_REPEATS : { first: 1, most: isSmall ? 8 : 4 },
        confirm: isTiny ? 10 : null,
        growOn,
        sizesAbove,
        growthCost: isSmall
          ? costText(SMALL_TABLES_GROWTH_COST)
          : enough > DEFAULT_GROWTH_COST
            ? costText(enough)
            : null,
        networks: 5,
      };
    case 'thorough':
      return {
        ...every,
        dropout: [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.65],
        inputDropout: canDropInputs ? [0, 0.1, 0.2] : null,
        learningRates: [0.001, 0.003, 0.01],
        layers,
        repeats: isTiny ? TINY_TABLES_REPEATS : { first: 1, most: 12 },
        confirm: 10,
        growOn,
        sizesAbove,
        growthCost: costText(Math.max(3e12, enough)),
        networks: 5,
      };
    default:
      return effort satisfies never;
  }
}

/** Rounded up to one digit, such as `4e10`. */
function costText(cost: number): string {
  const [digits, power] = cost.toExponential().split('e+');
  return Number(`${Math.ceil(Number(digits))}e${power}`)
    .toExponential(0)
    .replace('+', '');
}

function byRows<T>(rows: number, steps: readonly (readonly [max: number, value: T])[]): T {
  const step = steps.find(([max]) => rows <= max) ?? steps.at(-1);
  if (step === undefined) throw new RangeError('there are steps');
  return step[1];
}
