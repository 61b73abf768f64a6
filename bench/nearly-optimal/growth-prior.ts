import type { Parameters } from '../../src/campaign/parameters.js';
import { grid } from '../../src/campaign/search-space.js';
import { distinct } from '../../src/methods/comparison.js';
import { choose } from '../../src/methods/fit-first/choose.js';
import { fitFirstOptions } from '../../src/methods/fit-first/fit-first-method.js';
import { growUntilFit } from '../../src/methods/fit-first/growth/grow.js';
import { growFurther } from '../../src/methods/fit-first/growth/grow-further.js';
import { smallestNearBest } from '../../src/methods/fit-first/growth/nothing-fits.js';
import { type FitFirstOptions, setting } from '../../src/methods/fit-first/options.js';
import { dropoutSettings } from '../../src/methods/fit-first/race/dropout-settings.js';
import type { FitFirstPlanOptions } from '../../src/methods/fit-first/resolve.js';
import { type Conclusion, type Method, method, type Procedure } from '../../src/methods/method.js';
import type { MethodContext } from '../../src/methods/method-kind.js';
import { race } from '../../src/methods/race.js';
import { keyedStream, type RandomStream } from '../../src/numeric/keyed-stream.js';
import type { TrainedTable } from './read-table.js';
import { meansOf, type Reference, runsOf } from './variant-runs.js';

/** The share of settings that the whole space gives, by the name of the variant. */
export const PRIORS: Readonly<Record<string, number>> = {
  'prior, none random': 0,
  'prior, a third random': 1 / 3,
  'prior, half random': 1 / 2,
  'prior, all random': 1,
};

export function priorRuns(
  name: string,
  table: TrainedTable,
  reference: Reference,
): { readonly regret: number; readonly cost: number } {
  const create = (context: MethodContext): Method => growingToPrior(PRIORS[name] ?? 1, table, context);
  return meansOf(
    runsOf(table, table.options, [{ name, settings: null, repeats: 'raced', create }]),
    table,
    reference,
  );
}

/** fit_first, whose race has as many settings as usual, drawn from a prior. */
function growingToPrior(random: number, { options: table }: TrainedTable, given: MethodContext): Method {
  const { comparison, seed } = given;
  const repeats = { ...comparison.repeats, first: 1, most: table.race };
  const context = { ...given, comparison: { ...comparison, repeats } };
  const planned = table.plan.options as FitFirstPlanOptions;
  const plan = { ...table.plan, options: { ...planned, confirm: 0, if_nothing_fits: 'continue' as const } };
  const options = fitFirstOptions(plan, context);
  return method('fit_first', () => procedure(options, random, seed));
}

function* procedure(options: FitFirstOptions, random: number, seed: number): Procedure<Conclusion> {
  const growth = yield* growUntilFit(options);
  const start = growth.fitted ?? smallestNearBest(growth, options);
  if (start === null)
    return { kind: 'conclusion', ending: 'nothing-fits', chosen: null, because: 'Nothing fits.' };
  const grown = yield* growFurther(growth, start, options);
  const bases = distinct([start.best.parameters, grown]);
  const settings = drawn(
    bases,
    dropoutSettings(bases, options).length,
    options,
    random,
    keyedStream('prior', seed),
  );
  const because = 'Settings drawn from a prior';
  const { epochs, comparison } = options;
  const ranking = yield* race(settings, { stage: 'dropout', because, epochs: epochs.dropout, comparison });
  const { conclusion } = yield* choose(ranking, start.best.parameters, options);
  return { kind: 'conclusion', because, ...conclusion };
}

/** The bases without dropout, and draws without replacement up to a number. */
function drawn(
  bases: readonly Parameters[],
  count: number,
  options: FitFirstOptions,
  random: number,
  stream: RandomStream,
): Parameters[] {
  const all = grid(options.space ?? {});
  const sizes = [...new Set(all.map((one) => Number(one[options.grow])))].sort((a, b) => a - b);
  const placeOf = (one: Parameters): number => sizes.indexOf(Number(one[options.grow]));
  const last = bases.at(-1) ?? {};
  const rates = Object.keys(options.retune[0] ?? {});
  const weightOf = (one: Parameters): number =>
    2 ** -Math.abs(placeOf(one) - placeOf(last) - 1) *
    (rates.every((name) => one[name] === last[name]) ? 0.75 : 0.25);
  const settings = bases.map((base) => setting(options, base, {}, options.off));
  const rest = distinct([...settings, ...all]).slice(settings.length);
  while (settings.length < count && rest.length > 0) {
    const isRandom = stream.uniform() < random;
    const weights = rest.map((one) => (isRandom ? 1 : weightOf(one)));
    let left = stream.uniform() * weights.reduce((sum, weight) => sum + weight, 0);
    let place = 0;
    for (; place + 1 < rest.length && left >= (weights[place] ?? 0); place++) left -= weights[place] ?? 0;
    settings.push(...rest.splice(place, 1));
  }
  return settings;
}
