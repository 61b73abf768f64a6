import type { Parameters } from '../../src/campaign/parameters.js';

/** A network that is trained for the page, and for how long. */
export interface PaperNetwork {
  readonly name: string;
  readonly parameters: Parameters;
  readonly epochs: number;
  /** Each repeat has a random seed of its own. */
  readonly repeat: number;
}

/** One way of training for all: nothing of it was settled by the test images. */
const training: Parameters = {
  optimizer: 'adam',
  learning_rate: 0.001,
  lr_schedule: 'cosine',
  batch_size: 100,
};

export const widths = [16, 32, 64, 128, 256, 512, 1024];
export const ONE_LAYER_DROPOUT = 0.5;
const ONE_LAYER_EPOCHS = 30;
/** Widths that are trained with several seeds, and how many. */
export const repeatedWidths = [64, 128, 256, 512];
export const SEEDS = 5;

export function oneLayer(width: number, dropout: number, repeat = 0): PaperNetwork {
  const seed = repeat === 0 ? '' : `, seed ${repeat + 1}`;
  return {
    name: `one-layer ${width} units, dropout ${dropout}${seed}`,
    parameters: {
      ...training,
      hidden: width,
      dropout,
      epochs: ONE_LAYER_EPOCHS,
      report_every: ONE_LAYER_EPOCHS,
    },
    epochs: ONE_LAYER_EPOCHS,
    repeat,
  };
}

/** The networks of one setting, one for each seed. */
export function acrossSeeds(width: number, dropout: number): PaperNetwork[] {
  return Array.from({ length: SEEDS }, (_, repeat) => oneLayer(width, dropout, repeat));
}

function twoLayers(name: string, epochs: number, regularisers: Parameters): PaperNetwork {
  return {
    name: `two-layers ${name}`,
    parameters: { ...training, hidden: [800, 800], epochs, report_every: 20, ...regularisers },
    epochs,
    repeat: 0,
  };
}

export const standardNetwork = twoLayers('standard', 60, {});
export const dropoutNetwork = twoLayers('dropout and max-norm', 300, {
  dropout: 0.5,
  input_dropout: 0.2,
  max_norm: 3,
});

export const paperNetworks: readonly PaperNetwork[] = [
  ...[0, ONE_LAYER_DROPOUT].flatMap((dropout) => widths.map((width) => oneLayer(width, dropout))),
  standardNetwork,
  dropoutNetwork,
  // One seed of every width comes before the next seed, so that what has run by any time can be compared.
  ...Array.from({ length: SEEDS - 1 }, (_, i) =>
    repeatedWidths.flatMap((width) =>
      [0, ONE_LAYER_DROPOUT].map((dropout) => oneLayer(width, dropout, i + 1)),
    ),
  ).flat(),
];
