import { cpus } from 'node:os';
import { wilsonInterval } from '../../src/evaluation/intervals.js';
import {
  dropoutNetwork,
  ONE_LAYER_DROPOUT,
  oneLayer,
  type PaperNetwork,
  standardNetwork,
  widths,
} from './networks.js';
import type { PaperRun } from './run.js';

interface KnownRun {
  readonly network: PaperNetwork;
  readonly run: PaperRun;
}

const TEST_IMAGES = 10_000;

function errorText(wrong: number): string {
  const percent = (share: number): string => (100 * share).toFixed(2);
  const { value, low, high } = wilsonInterval(wrong, TEST_IMAGES);
  const [from, to] = [low ?? Number.NaN, high ?? Number.NaN];
  return `${percent(value)} % (${percent(from)} to ${percent(to)})`;
}

function cells(texts: readonly string[]): string {
  return `| ${texts.join(' | ')} |`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [cells(head), `|${'---|'.repeat(head.length)}`, ...rows.map(cells)].join('\n');
}

/** docs/papers.md from the runs that there are; a network without one is said not to have been run. */
export function pageOfPapers(known: readonly KnownRun[]): string {
  const runOf = (wanted: PaperNetwork): PaperRun | undefined =>
    known.find(({ network }) => network.name === wanted.name)?.run;
  const cellsOf = (network: PaperNetwork): string[] => {
    const run = runOf(network);
    if (run === undefined) return ['not run', 'not run'];
    return [String(run.wrongInTraining ?? 'not finite'), errorText(run.wrongInTest)];
  };
  const oneLayerRows = widths.map((width) => [
    String(width),
    ...cellsOf(oneLayer(width, 0)),
    ...cellsOf(oneLayer(width, ONE_LAYER_DROPOUT)),
  ]);
  const wrong = (width: number, dropout: number, part: 'wrongInTraining' | 'wrongInTest'): number =>
    runOf(oneLayer(width, dropout))?.[part] ?? Number.NaN;
  const firstFit = widths.find((width) => wrong(width, 0, 'wrongInTraining') === 0);
  const helped = (width: number): boolean =>
    wrong(width, ONE_LAYER_DROPOUT, 'wrongInTest') < wrong(width, 0, 'wrongInTest');
  const helpedFrom = widths.find((_, place) => widths.slice(place).every(helped));
  const finding =
    firstFit === undefined || helpedFrom === undefined
      ? 'Not enough was run to say from which width on dropout helps.'
      : `The smallest of these widths that fits every training image is ${firstFit}; dropout has the lower test error from ${helpedFrom} units on.`;
  const twoLayerRow = (network: PaperNetwork, what: string): string[] => {
    const run = runOf(network);
    if (run === undefined) return [`here: ${what}`, '784-800-800-10, relu', 'not run', 'not run'];
    const minutes = Math.round(run.processorSeconds / 60);
    return [
      `here: ${what}`,
      '784-800-800-10, relu',
      `${network.epochs} (${minutes} min of one core)`,
      `${run.wrongInTest} wrong: ${errorText(run.wrongInTest)}`,
    ];
  };
  const hinton = 'Hinton et al. 2012';
  const srivastava = 'Srivastava et al. 2014';
  const compared = [
    [
      `${hinton}: standard backpropagation`,
      'the best published without tricks',
      'not compared',
      '160 wrong: 1.60 %',
    ],
    [`${srivastava}: standard`, '2 layers of 800, logistic', 'not compared', '1.60 %'],
    twoLayerRow(standardNetwork, 'without dropout'),
    [
      `${hinton}: dropout on hidden units and inputs`,
      '784-800-800-10 and larger',
      '3000',
      'about 110 wrong: 1.10 %',
    ],
    [`${srivastava}: dropout`, '3 layers of 1024, relu', 'not compared', '1.25 %'],
    [`${srivastava}: dropout and max-norm`, '3 layers of 1024, relu', 'not compared', '1.06 %'],
    twoLayerRow(dropoutNetwork, 'dropout 0.5, 0.2 on inputs, max-norm 3'),
  ];
  const { parameters } = standardNetwork;
  return `# MNIST, beside the papers on dropout

Does a network trained here behave as the papers say? All 60,000 training images, pixels from 0 to 1, no distortions, no
pretraining; the 10,000 test images were looked at once a network, after the last epoch. **One run a network**: the
intervals (95 %, Wilson) are about the test images alone; how far another seed would move a figure was not measured. Training was
the same for all: ${parameters.optimizer}, batches of ${parameters.batch_size}, learning rate ${parameters.learning_rate} falling to 0 along a cosine, relu. Optimiser and
learning rate were picked beforehand from six short runs of the large network with dropout: twelve epochs at most, on five
sixths of the training images, judged on the others. The bound of the norm was not searched for. Nothing was chosen by the test images.

## One hidden layer

${oneLayer(16, 0).epochs} epochs. *Wrong in training*: of the 60,000 images, nothing dropped; 0 is the perfect fit that growth looks for.

${table(
  [
    'units',
    'wrong in training, no dropout',
    'test error, no dropout',
    `wrong in training, dropout ${ONE_LAYER_DROPOUT}`,
    `test error, dropout ${ONE_LAYER_DROPOUT}`,
  ],
  oneLayerRows,
)}

${finding} That is the advice that the procedure carries out, seen on one seed; neighbouring intervals overlap.

## Two hidden layers, and the papers

${table(['who', 'network', 'epochs', 'test error'], compared)}

The network without dropout was given fewer epochs, to save time; it had learned every training image by heart by the 40th.
What differs from the papers: Hinton et al. trained on for 3000 epochs with a decaying rate, rising momentum and a bound on the norm of
another length; the networks of Srivastava et al. have a third layer and more units, and theirs is the best of settings tuned
on validation images. So the rows say whether the effect is of the size that the papers report, not which is better.

- G. E. Hinton, N. Srivastava, A. Krizhevsky, I. Sutskever, R. R. Salakhutdinov (2012): Improving neural networks by
  preventing co-adaptation of feature detectors. arXiv:1207.0580.
- N. Srivastava, G. Hinton, A. Krizhevsky, I. Sutskever, R. Salakhutdinov (2014): Dropout: a simple way to prevent neural
  networks from overfitting. Journal of Machine Learning Research 15, 1929-1958.

Written by \`npm run docs:papers\` on ${cpus()[0]?.model ?? 'an unknown processor'}, Node ${process.versions.node}, from the runs in \`bench/papers/runs.json\`. Anyone can run it who has MNIST's four
files; the same seed gives the same networks, bit for bit, on any machine.
`;
}
