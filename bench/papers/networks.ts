import type { Parameters } from '../../src/campaign/parameters.js';

/** A network that is trained for the page, and for how long. */
export interface PaperNetwork {
  readonly name: string;
  readonly parameters: Parameters;
  readonly epochs: number;
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

export function oneLayer(width: number, dropout: number): PaperNetwork {
  return {
    name: `one-layer ${width} units, dropout ${dropout}`,
    parameters: {
      ...training,
      hidden: width,
      dropout,
      epochs: ONE_LAYER_EPOCHS,
      report_every: ONE_LAYER_EPOCHS,
    },
    epochs: ONE_LAYER_EPOCHS,
  };
}

function twoLayers(name: string, epochs: number, regularisers: Parameters): PaperNetwork {
  return {
    name: `two-layers ${name}`,
    parameters: { ...training, hidden: [800, 800], epochs, report_every: 20, ...regularisers },
    epochs,
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
];
