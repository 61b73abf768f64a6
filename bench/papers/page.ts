import { cpus } from 'node:os';
import { pairedDifference } from '../../src/campaign/statistics.js';
import { formatList } from '../../src/text/list.js';
import type { PaperCampaign } from './campaign.js';
import { campaignSection } from './campaign-section.js';
import {
  acrossSeeds,
  dropoutNetwork,
  ONE_LAYER_DROPOUT,
  oneLayer,
  type PaperNetwork,
  repeatedWidths,
  SEEDS,
  standardNetwork,
  widths,
} from './networks.js';
import type { PaperRun } from './run.js';
import { errorText, TEST_IMAGES, table } from './tables.js';

interface KnownRun {
  readonly network: PaperNetwork;
  readonly run: PaperRun;
}

/** A mean in percentage points with its 95 % interval, from the spread over seeds. */
function overSeeds(values: readonly number[], { isSigned = false } = {}): string {
  const points = (value: number): string => `${isSigned && value > 0 ? '+' : ''}${value.toFixed(2)}`;
  const { mean, low, high } = pairedDifference(values, 0);
  if (low === null || high === null) return points(mean);
  return `${points(mean)} (${points(low)} to ${points(high)})`;
}

interface SeedPair {
  readonly plain: PaperRun;
  readonly dropout: PaperRun;
}

type RunOf = (network: PaperNetwork) => PaperRun | undefined;

/** The runs of one width without and with dropout, by the seeds that both have run with. */
function pairsOf(width: number, runOf: RunOf): SeedPair[] {
  const [without, dropped] = [acrossSeeds(width, 0), acrossSeeds(width, ONE_LAYER_DROPOUT)];
  return without.flatMap((network, seed) => {
    const other = dropped[seed];
    const [plain, dropout] = [runOf(network), other && runOf(other)];
    return plain === undefined || dropout === undefined ? [] : [{ plain, dropout }];
  });
}

const error = (run: PaperRun): number => (100 * run.wrongInTest) / TEST_IMAGES;

/** What the intervals of the differences say. */
function seedFinding(runOf: RunOf): string {
  const intervals = repeatedWidths.map((width) => {
    const pairs = pairsOf(width, runOf);
    const { low, high } = pairedDifference(
      pairs.map(({ plain, dropout }) => error(dropout) - error(plain)),
      0,
    );
    const fits = pairs.length > 0 && pairs.every(({ plain }) => plain.wrongInTraining === 0);
    return { width, low, high, fits };
  });
  const widthsWhere = (holds: (one: (typeof intervals)[number]) => boolean): string =>
    formatList(intervals.filter(holds).map(({ width }) => String(width))) || 'none of the widths';
  const raised = widthsWhere(({ low }) => (low ?? 0) > 0);
  const lowered = widthsWhere(({ high }) => (high ?? 0) < 0);
  const fitting = widthsWhere(({ fits }) => fits);
  return `With ${raised} units dropout raises the test error: the whole interval is above 0.
With ${lowered} units it lowers the error: the whole interval is below 0. With
${fitting} units the network fits all training images, whatever the seed.`;
}

/** One width without and with dropout: the seeds that both have run with, test errors, and their difference. */
function seedRow(width: number, runOf: RunOf): string[] {
  const pairs = pairsOf(width, runOf);
  const fits = pairs.filter(({ plain }) => plain.wrongInTraining === 0).length;
  return [
    String(width),
    String(pairs.length),
    `${fits} of ${pairs.length}`,
    overSeeds(pairs.map(({ plain }) => error(plain))),
    overSeeds(pairs.map(({ dropout }) => error(dropout))),
    overSeeds(
      pairs.map(({ plain, dropout }) => error(dropout) - error(plain)),
      { isSigned: true },
    ),
  ];
}

/**
 * docs/papers.md from the runs that there are; a network without one is said not to have been run.
 * `campaign` is null if it was not run.
 */
export function pageOfPapers(known: readonly KnownRun[], campaign: PaperCampaign | null): string {
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
      : `The smallest of these sizes that fits every training image is ${firstFit} units.\nFrom ` +
        `${helpedFrom} units on, the network with dropout has the lower test error.`;
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
      `${hinton}: without dropout`,
      'best published result of a standard network',
      'not given here',
      '160 wrong: 1.60 %',
    ],
    [`${srivastava}: without dropout`, '2 layers of 800, logistic', 'not given here', '1.60 %'],
    twoLayerRow(standardNetwork, 'without dropout'),
    [
      `${hinton}: dropout on hidden units and inputs`,
      '784-800-800-10 and larger',
      '3000',
      'about 110 wrong: 1.10 %',
    ],
    [`${srivastava}: dropout`, '3 layers of 1024, relu', 'not given here', '1.25 %'],
    [`${srivastava}: dropout and max-norm`, '3 layers of 1024, relu', 'not given here', '1.06 %'],
    twoLayerRow(dropoutNetwork, 'dropout 0.5, 0.2 on inputs, max-norm 3'),
  ];
  const { parameters } = standardNetwork;
  return `# MNIST, compared with the papers on dropout

Does a network trained with fitfirst behave as the papers on dropout say? These networks learned from all 60,000
training images, with pixels scaled to 0 to 1, without data augmentation or pretraining. Each network was evaluated on
the 10,000 test images once, after its last epoch; no choice was based on them.

**One run per network**, except in the section on several seeds. The 95 % intervals of single runs (Wilson) reflect the
limited number of test images only.

All networks were trained alike: ${parameters.optimizer}, minibatches of ${parameters.batch_size}, a learning rate
that falls from ${parameters.learning_rate} to 0 along a cosine, and relu. The optimiser and the learning rate were
chosen beforehand, from six short runs of the large network with dropout. Each run had at most twelve epochs. The runs
trained on five sixths of the training images and were compared on the rest. The max-norm limit was not tuned.

## One hidden layer

Each network was trained for ${oneLayer(16, 0).epochs} epochs. *Wrong in training* is the number of training
images (out of 60,000) that the network classifies wrongly with dropout switched off. 0 is the perfect fit that the grow
stage of [the procedure](procedure.md) looks for.

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

${finding}
This agrees with the advice that the procedure follows. But each network was trained once, with one seed, and at
these sizes the intervals with and without dropout overlap.

## Several seeds

One seed cannot tell neighbouring widths apart. So widths of ${repeatedWidths.join(', ')} units are trained with up to
${SEEDS} seeds, which give other initial weights, other minibatches and other dropped units. *Fits* counts the seeds
with which the network without dropout classifies every training image correctly. Test errors are means in percent. The
intervals of 95 % (Student's t) reflect how much the seeds differ; all networks share the test images. *Difference* is
dropout minus no dropout, paired by seed, in percentage points. One seed gives no interval.

${table(
  [
    'units',
    'seeds',
    'fits',
    'test error, no dropout',
    `test error, dropout ${ONE_LAYER_DROPOUT}`,
    'difference',
  ],
  repeatedWidths.map((width) => seedRow(width, runOf)),
)}

${seedFinding(runOf)}

${campaignSection(campaign)}## Two hidden layers, next to published results

784-800-800-10 means 784 inputs, two hidden layers of 800 units, and 10 outputs.

${table(['who', 'network', 'epochs', 'test error'], compared)}

The network without dropout was trained for fewer epochs to save time. It classified every training image correctly by
epoch 40.

The papers trained differently. Hinton et al. trained for 3000 epochs with a falling learning rate, rising momentum
and another max-norm limit. The networks of Srivastava et al. have a third layer and more units, and are the best of
several settings tuned on validation images. So the table shows whether the effect of dropout has the size that the
papers report. It does not show which program is better.

- G. E. Hinton, N. Srivastava, A. Krizhevsky, I. Sutskever, R. R. Salakhutdinov (2012): Improving neural networks by
  preventing co-adaptation of feature detectors. arXiv:1207.0580.
- N. Srivastava, G. Hinton, A. Krizhevsky, I. Sutskever, R. Salakhutdinov (2014): Dropout: a simple way to prevent
  neural networks from overfitting. Journal of Machine Learning Research 15, 1929-1958.

Written by \`npm run docs:papers\` on ${cpus()[0]?.model ?? 'an unknown processor'}, Node ${process.versions.node},
from the runs in \`bench/papers/runs.json\`. With the four MNIST files you can run it too
(\`bench/papers/networks.ts\` has the networks). The same seed gives the same networks, bit for bit, on any machine.
`;
}
