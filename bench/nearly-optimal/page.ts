import { type PairedDifference, pairedDifference } from '../../src/campaign/statistics.js';
import type { CompareResult, MethodResult } from '../../src/compare/compare-result.js';
import { FIT_FIRST, RANDOM_AT_COST, STRICT } from '../../src/compare/contenders.js';
import { formatList } from '../../src/text/list.js';
import { formatNumber } from '../../src/text/number.js';

type Named = readonly [name: string, result: CompareResult];

/**
 * docs/is-it-nearly-optimal.md, of as many of all data sets as have been measured. `variants` is its section on
 * variants, which `npm run bench:variants` writes; empty before.
 */
export function pageOf(results: readonly Named[], all: number, variants: string): string {
  const [first] = results;
  if (first === undefined) return '';
  const { table, draws, selection, judges, methods } = first[1];
  const found = methods.map(({ method }) => method);
  const of = (answer: CompareResult['verdict']['answer']): string[] =>
    results.filter(([, { verdict }]) => verdict.answer === answer).map(([name]) => name);
  return `# Is it nearly optimal?

The advice says that growing until the network fits, and then tuning dropout, gives a nearly optimal configuration. This
page holds it against the whole grid. [\`fitfirst compare\`](compare.md) does the same with your data.

**Measured so far: ${results.length} of ${all} data sets.**

On each data set, ${table.settings} settings ran on ${table.repeats} repeats: 7 sizes from 2 to 128 units, 5 dropout
rates from 0 to 0.5, 2 learning rates, ${table.epochs} epochs. Larger tables are random samples of 400 rows. Then each
method was replayed on ${draws} draws of repeats. It chose on ${selection} repeats, and the other ${judges} judged.
All methods race up to ${selection} repeats and go without fresh repeats for finalists.

## The verdicts

- Nearly optimal: ${listed(of('yes'))}.
- Not nearly optimal: ${listed(of('no'))}.
- The table cannot tell: ${listed(of('unclear'))}.

A choice is nearly optimal if it loses at most a tenth of what tuning brings, with the whole 95 % interval. *What tuning
brings* is how much better the best setting is than the median one.

## All data sets together

Regret is how much worse the choice of a method is than that of the grid, here as a share of what tuning brings, so that
data sets can be averaged. Its 95 % interval is over the data sets. *Times less* is how many times less a method trains
than the grid, in multiply-adds, as the geometric mean over the data sets.

| method | regret | 95 % interval | times less |
|---|---|---|---|
${found.map((method) => overallLine(method, results)).join('\n')}

${rivalSentence(results)}

## Each data set

Regrets are in the validation loss, and with *test* in the test loss, with 95 % intervals. *Rival*: how much worse
\`fit_first\` is than random search that costs as much; below 0 it is better.

| data set | tuning brings | fit_first | times less | strict | random at the cost | rival |
|---|---|---|---|---|---|---|
${results.map(resultLine).join('\n')}

| data set | test: fit_first | test: strict | test: random at the cost | test: rival |
|---|---|---|---|---|
${results.map(testLine).join('\n')}

${variants}## How to read the intervals

Draws share repeats, so plain intervals would be too narrow. The variance is s² (1/draws + judging repeats / choosing
repeats) (Nadeau and Bengio 2003). The intervals are about the repeats of one split into test part and rest. The rows of
the test part count as given.

Written by \`npm run docs:nearly-optimal\`, which trains what is missing, and \`npm run bench:variants\`. They give the
same figures again.
`;
}

const listed = (names: readonly string[]): string => (names.length === 0 ? 'none' : formatList(names));

function methodOf({ methods }: CompareResult, name: string): MethodResult | undefined {
  return methods.find(({ method }) => method === name);
}

/** Regrets as shares of what tuning brings, over the data sets where the method has one. */
function sharesOf(method: string, results: readonly Named[]): number[] {
  return results.flatMap(([, result]) => {
    const regret = methodOf(result, method)?.regret.mean;
    return regret === undefined || regret === null ? [] : [regret / result.tuning];
  });
}

function overallLine(method: string, results: readonly Named[]): string {
  const { mean, low, high } = pairedDifference(sharesOf(method, results), 0);
  const savings = results.flatMap(([, result]) => methodOf(result, method)?.saving ?? []);
  const saving = Math.exp(savings.reduce((sum, one) => sum + Math.log(one), 0) / savings.length);
  return `| ${method} | ${percent(mean)} | ${percent(low)} to ${percent(high)} | ${saving.toFixed(1)} |`;
}

function rivalSentence(results: readonly Named[]): string {
  const differences = results.map(([, { rival, tuning }]) => rival.mean / tuning);
  const { mean, low, high } = pairedDifference(differences, 0);
  const worse = results.filter(([, { rival }]) => (rival.low ?? 0) > 0).map(([name]) => name);
  const better = results.filter(([, { rival }]) => (rival.high ?? 0) < 0).map(([name]) => name);
  const who = mean <= 0 ? 'better' : 'worse';
  const by = percent(Math.abs(mean));
  return `Against raced random search that costs as much, \`fit_first\` is ${who} by ${by} of what
tuning brings, on the mean over the data sets
(95 % interval of the difference ${percent(low)} to ${percent(high)}; below
0, \`fit_first\` is better).

- Worse than random search by more than the interval on: ${listed(worse)}.
- Better than random search by more than the interval on: ${listed(better)}.`;
}

const percent = (share: number | null): string => (share === null ? '–' : `${(100 * share).toFixed(1)} %`);

function resultLine([name, result]: Named): string {
  const [ours, strict, random] = [FIT_FIRST, STRICT, RANDOM_AT_COST].map((one) => methodOf(result, one));
  const cells = [
    ...[name, formatNumber(result.tuning), interval(ours?.regret), ours?.saving.toFixed(1)],
    ...[interval(strict?.regret), interval(random?.regret), interval(result.rival)],
  ];
  return `| ${cells.join(' | ')} |`;
}

function testLine([name, result]: Named): string {
  const tests = [FIT_FIRST, STRICT, RANDOM_AT_COST].map((one) => methodOf(result, one)?.testRegret);
  return `| ${[name, ...tests.map(interval), interval(result.testRival)].join(' | ')} |`;
}

function interval(difference: PairedDifference | null | undefined): string {
  if (difference === null || difference === undefined) return '–';
  const { mean, low, high } = difference;
  return `${digits(mean)} (${digits(low)} to ${digits(high)})`;
}

const digits = (value: number | null): string =>
  value === null || !Number.isFinite(value) ? '–' : String(Number(value.toPrecision(2)));
