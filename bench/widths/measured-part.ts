import { mean, pairedDifference } from '../../src/campaign/statistics.js';
import type { Carried } from './carried-rates.js';

/** The part of the page that says what was measured. */
export function measuredPart(measured: readonly Carried[]): string {
  const of = (name: Carried['parametrization'], some: readonly Carried[]): readonly Carried[] =>
    some.filter(({ parametrization }) => parametrization === name);
  const line = (title: string, some: readonly Carried[]): string => {
    const cells = (['standard', 'mup'] as const).map((name) => {
      const own = of(name, some);
      const means = [
        mean(own.map(({ correlation }) => correlation)).toFixed(2),
        (2 ** mean(own.map(({ shift }) => shift))).toFixed(1),
        grown(mean(own.map(({ regret }) => regret))),
        Math.exp(mean(own.map(({ loss }) => Math.log(loss)))).toFixed(4),
      ];
      return means.join(' | ');
    });
    return `| ${title} | ${cells.join(' | ')} |`;
  };
  const groups = [1, 2].flatMap((layers) =>
    (['adam', 'sgd'] as const).map((optimizer) =>
      line(
        `${optimizer}, ${layers} hidden layer${layers === 1 ? '' : 's'}`,
        measured.filter((one) => one.layers === layers && one.optimizer === optimizer),
      ),
    ),
  );
  const [standard, mup] = [of('standard', measured), of('mup', measured)];
  const difference = (value: (one: Carried) => number): ReturnType<typeof pairedDifference> =>
    pairedDifference(
      mup.map((one, i) => value(one) - value(standard[i] ?? one)),
      0,
    );
  const correlation = difference((one) => one.correlation);
  const regret = difference((one) => one.regret);
  const loss = difference((one) => Math.log(one.loss));
  return `Networks of 16 and of 256 units were trained for 40 epochs at nine learning rates, each twice the one
before, on iris, wine, sonar and wisc_bc_data. A rate's loss is the mean of the best validation losses on
four repeats. *Rank* is Spearman's correlation of these losses at the two widths. *Shift* is how many times
larger the best rate is at 16 units than at 256. *Regret* is how much larger the loss is at 256 units with
the best rate of 16 units than with the best rate of 256 units. *Loss* is that of 256 units with their own
best rate. Four other repeats judge both. A trial that diverges counts as a guess (the logarithm of the
number of classes). Ranks are means over the tables, the other figures geometric means.

| | standard: rank | shift | regret | loss | mup: rank | shift | regret | loss |
|---|---|---|---|---|---|---|---|---|
${groups.join('\n')}
${line('all', measured)}

Over all ${mup.length} pairs, \`mup\` changes the rank correlation by ${bounds(correlation, (x) => x.toFixed(2))},
the loss with the carried rate, beside that with the best rate, by ${bounds(regret, grown)},
and the loss with the best rate by ${bounds(loss, grown)} (95 % intervals).

So use \`mup\` to tune learning rates on narrow networks and carry them to wide ones. The default is \`standard\`: with
the best rate of each width, neither parametrization is clearly better, and \`fit_first\` tunes the rate again at each
size. Whether \`mup\` helps \`fit_first\` to choose has not been measured.

Written by \`npm run docs:widths\`, which gives the same figures again.
`;
}

function bounds(
  { mean: middle, low, high }: ReturnType<typeof pairedDifference>,
  format: (value: number) => string,
): string {
  return low === null || high === null
    ? format(middle)
    : `${format(middle)} (${format(low)} to ${format(high)})`;
}

/** A logarithm of a ratio, as percent of growth. */
const grown = (logarithm: number): string => `${(100 * Math.expm1(logarithm)).toFixed(1)} %`;
