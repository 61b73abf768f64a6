import { formatSetting } from '../../campaign/format-setting.js';
import type { Parameters } from '../../campaign/parameters.js';
import { formatCount, formatNumber } from '../../text/number.js';
import { isOff } from '../finalists.js';
import { finish } from '../finish.js';
import { type Conclusion, found, type Procedure } from '../method.js';
import { endingWithoutChoice } from '../nothing-chosen.js';
import { isSound, medianEpoch, type RaceEntry, validationOf } from '../race.js';
import { reportChoice } from '../search.js';
import { confirm } from './confirm.js';
import { type Chosen, confirmChoice, type Searched } from './confirm-choice.js';
import { type FitFirstOptions, formatSizeOf } from './options.js';

/** How a campaign ends after the race. `setting` is null if no setting can be used; then the conclusion says why. */
export type Ended =
  | { readonly setting: Parameters; readonly conclusion: Pick<Conclusion, 'ending' | 'chosen'> }
  | { readonly setting: null; readonly conclusion: Omit<Conclusion, 'kind'> };

/**
 * Everything after the race over dropout: names the chosen setting, the baseline and what the strict advice would have
 * chosen, confirms the choice, and trains the final network.
 */
export function* choose(
  ranking: readonly RaceEntry[],
  start: Parameters,
  options: FitFirstOptions,
): Procedure<Ended> {
  const [best] = ranking;
  const baseline = ranking.find((runner) => isOff(runner.parameters, options.off) && isSound(runner));
  if (best === undefined || !isSound(best)) {
    const ending = endingWithoutChoice(ranking.flatMap(({ states }) => states));
    const because = 'No setting with dropout or without finished on all of its repeats.';
    return { setting: null, conclusion: { ending, chosen: null, because } };
  }
  const strict = ranking.find((runner) => sameSize(runner, start, options)) ?? best;
  const searched = { ranking, winner: best, baseline: baseline ?? null, strict };
  yield* reportDropout(searched, options);
  const { chosen, ...other } = yield* confirmed(searched, options);
  const conclusion = yield* finish(chosen, other.baseline, options.epochs.dropout, options.finish);
  return { setting: chosen.parameters, conclusion };
}

/** What fresh repeats make of the choice of the search. */
function* confirmed(searched: Searched, options: FitFirstOptions): Procedure<Chosen> {
  const { winner, baseline } = searched;
  if (options.confirm > 0 && options.choose !== 'search') {
    return yield* confirmChoice(searched, options.choose, options);
  }
  if (options.confirm > 0 && baseline !== null && baseline !== winner) {
    yield* confirm(winner, baseline, options);
  }
  return { chosen: winner, baseline };
}

function sameSize(runner: RaceEntry, start: Parameters, options: FitFirstOptions): boolean {
  return formatSizeOf(options, runner.parameters) === formatSizeOf(options, start);
}

function* reportDropout(
  { winner: best, baseline, strict, ranking }: Searched,
  options: FitFirstOptions,
): Procedure<void> {
  const { metric } = options.comparison;
  const words = (runner: RaceEntry): string => formatSetting(runner.parameters, options.varied);
  const freshRepeats = options.choose === 'search' ? 0 : options.confirm;
  const { epochs, comparison, varied } = options;
  yield* reportChoice(best, ranking, epochs.dropout, comparison, varied, freshRepeats);
  yield* found({
    kind: 'strict',
    parameters: strict.parameters,
    validation: validationOf(strict),
    because:
      strict === best
        ? 'The strict advice, dropout at the fitted size alone, would have chosen the same.'
        : `The strict advice alone would have chosen ${words(strict)}, with mean ${metric.name} ` +
          `${formatNumber(validationOf(strict).mean)} over ` +
          `${formatCount(strict.values.length, 'repeat')}.`,
  });
  if (baseline === null) return;
  yield* found({
    kind: 'baseline',
    parameters: baseline.parameters,
    epochs: medianEpoch(baseline, options.epochs.dropout),
    validation: validationOf(baseline),
    because:
      `The best setting without dropout is ${words(baseline)}: mean ${metric.name} ` +
      `${formatNumber(validationOf(baseline).mean)} over ` +
      `${formatCount(baseline.values.length, 'repeat')}.`,
  });
  if (baseline === best && freshRepeats === 0) {
    yield* found({
      kind: 'warning',
      code: 'dropout-does-not-help',
      numbers: { validation: validationOf(best).mean },
      because: 'Dropout does not help here: the best of all settings has it off.',
    });
  }
}
