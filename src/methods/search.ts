import { formatSetting } from '../campaign/format-setting.js';
import type { Parameters } from '../campaign/parameters.js';
import type { PlanOptions } from '../campaign/plan.js';
import { hasNoSpread } from '../campaign/statistics.js';
import { formatCount, formatNumber } from '../text/number.js';
import { whyBetterLookingLost } from './better-looking.js';
import { type Comparison, distinct } from './comparison.js';
import { type Finalist, freshMean } from './finalists.js';
import { type FinishOptions, finish } from './finish.js';
import { type Conclusion, found, type Procedure } from './method.js';
import type { MethodPlan } from './method-kind.js';
import { endingWithoutChoice } from './nothing-chosen.js';
import { frontOf, reportFront } from './pareto/front.js';
import { hasSeveral } from './pareto/objectives.js';
import { firstRepeats, isSound, medianEpoch, type RaceEntry, race, tiesWith, validationOf } from './race.js';
import { pickOnFreshRepeats } from './search-finalists.js';
import { searchUntil } from './search-until.js';
import type { StopRule } from './stop-rule.js';

/** What grid and random search have in common: settings that are known from the start. */
export interface SearchOptions {
  readonly settings: readonly Parameters[];
  /** Settings that run before these; left out where there are none. */
  readonly enqueue?: readonly Parameters[];
  /** What ends the search early; left out or null where nothing does. */
  readonly stop?: StopRule | null;
  /** Fresh repeats on which the best settings run, one of which is chosen; left out or 0 where none are. */
  readonly confirm?: number;
  /** Names of the parameters that vary, for the sentences. */
  readonly varied: readonly string[];
  readonly epochs: number;
  readonly comparison: Comparison;
  readonly finish: FinishOptions;
}

/** The plan of a method that races settings which are known from the start. */
export function searchPlan<Options extends PlanOptions>(options: Options): MethodPlan<Options> {
  const stages = [
    { name: 'search', role: 'search' },
    { name: 'finish', role: 'finish' },
  ] as const;
  return { stages, growth: null, regularisers: [], options };
}

/** Races the settings and trains the best once more; `how` begins the sentence that says where they are from. */
export function* search(options: SearchOptions, how: string): Procedure<Conclusion> {
  const { comparison, varied, epochs, enqueue = [], stop = null, confirm = 0 } = options;
  const all = distinct([...enqueue, ...options.settings]);
  const reached =
    stop === null
      ? { settings: all, reason: null }
      : yield* searchUntil(all, stop, { epochs, comparison, because: `${how}, one after the other.` });
  const { settings, reason } = reached;
  const ranking = yield* race(settings, {
    stage: 'search',
    because:
      reason ??
      `${how}: ${formatCount(settings.length, 'setting')}, each on ` +
        `${formatCount(firstRepeats(comparison.repeats), 'repeat')} first.`,
    epochs: options.epochs,
    comparison,
  });
  const best = ranking[0];
  if (best === undefined || !isSound(best)) {
    return {
      kind: 'conclusion',
      ending: endingWithoutChoice(ranking.flatMap(({ states }) => states)),
      chosen: null,
      because: `No setting gave ${comparison.metric.name} on all of its repeats.`,
    };
  }
  if (hasSeveral(comparison)) return yield* finishFront(ranking, options);
  const picked = yield* choose(best, ranking, options, confirm);
  const chosen = picked?.entry ?? best;
  const ended = yield* finish(chosen, null, options.epochs, options.finish);
  const value = formatNumber((picked === null ? validationOf(best) : freshMean(picked)).mean);
  const where = picked === null ? '' : ' on fresh repeats';
  return {
    kind: 'conclusion',
    ...ended,
    because:
      `${formatSetting(chosen.parameters, varied)} has the best mean ` +
      `${comparison.metric.name}${where}: ${value}.`,
  };
}

/** Names the Pareto front, and trains the setting of the front that is best in the metric of the campaign once more. */
function* finishFront(ranking: readonly RaceEntry[], options: SearchOptions): Procedure<Conclusion> {
  const { comparison, varied, epochs } = options;
  const repeats = Math.max(...ranking.map(({ values }) => values.length));
  const whole = ranking.filter((entry) => entry.values.length === repeats && isSound(entry));
  const front = frontOf(whole, comparison);
  const [first] = front;
  if (first === undefined) {
    const because = 'No setting gave all objectives on all of its repeats.';
    return { kind: 'conclusion', ending: 'failed', chosen: null, because };
  }
  yield* reportFront(front, comparison, varied);
  yield* reportBest(first, ranking, epochs, comparison, varied, true);
  const ended = yield* finish(first, null, epochs, options.finish);
  const setting = formatSetting(first.parameters, varied);
  const because = `${setting} has the best ${comparison.metric.name} of the Pareto front.`;
  return { kind: 'conclusion', ...ended, because };
}

/** The finalist with the best mean on fresh repeats; null where none ran, and the winner of the search is chosen. */
function* choose(
  best: RaceEntry,
  ranking: readonly RaceEntry[],
  options: SearchOptions,
  confirm: number,
): Procedure<Finalist | null> {
  const { comparison, varied, epochs } = options;
  if (confirm > 0) {
    yield* reportBest(best, ranking, epochs, comparison, varied, false);
    const picked = yield* pickOnFreshRepeats(ranking, confirm, options);
    if (picked !== null) return picked;
  }
  yield* reportChoice(best, ranking, epochs, comparison, varied);
  return null;
}

/**
 * Says what was chosen, and which settings cannot be distinguished from it. `freshRepeats` are those on which finalists
 * decide afterwards; 0 if the choice is final.
 */
export function* reportChoice(
  best: RaceEntry,
  ranking: readonly RaceEntry[],
  epochs: number,
  comparison: Comparison,
  varied: readonly string[],
  freshRepeats = 0,
): Procedure<void> {
  yield* reportBest(best, ranking, epochs, comparison, varied, freshRepeats === 0);
  const { repeats } = validationOf(best);
  if (repeats < 2) {
    if (freshRepeats > 1) return;
    yield* found({
      kind: 'warning',
      code: 'no-interval',
      numbers: { repeats },
      because: 'Every setting ran once, so no interval can be given: the choice may be luck.',
    });
    return;
  }
  yield* reportTies(best, ranking, comparison, varied);
}

/** Says which setting is the best of the search. */
function* reportBest(
  best: RaceEntry,
  ranking: readonly RaceEntry[],
  epochs: number,
  comparison: Comparison,
  varied: readonly string[],
  isFinal: boolean,
): Procedure<void> {
  const words = formatSetting(best.parameters, varied);
  const validation = validationOf(best);
  const over = formatCount(validation.repeats, 'repeat');
  const why = isFinal ? '' : whyBetterLookingLost(ranking, comparison, (one) => formatSetting(one, varied));
  const lost = why === '' ? '' : ` ${why}`;
  yield* found({
    kind: 'chosen',
    parameters: best.parameters,
    epochs: medianEpoch(best, epochs),
    validation,
    because:
      `${words} ${isFinal ? 'is chosen' : 'is the best of the search'}: mean ` +
      `${comparison.metric.name} ${formatNumber(validation.mean)} over ${over}.${lost}`,
  });
}

/** Whether no repeat of any setting differs from another, which then say nothing about chance. */
function isWithoutChance(ranking: readonly RaceEntry[]): boolean {
  const repeated = ranking.filter(({ values }) => values.length > 1);
  return repeated.length > 0 && repeated.every(({ values }) => hasNoSpread(values));
}

/** Names the settings that cannot be distinguished from a setting; with `always` also that there are none. */
export function* reportTies(
  best: RaceEntry,
  ranking: readonly RaceEntry[],
  comparison: Comparison,
  varied: readonly string[],
  always = false,
): Procedure<void> {
  if (isWithoutChance(ranking)) {
    yield* found({
      kind: 'warning',
      code: 'no-interval',
      numbers: { repeats: best.values.length },
      because: 'Repeats of a setting have the same score to the last digit, so no interval can be given.',
    });
    return;
  }
  const ties = tiesWith(best, ranking, comparison);
  if (ties.length === 0) {
    if (always)
      yield* found({ kind: 'ties', settings: [], because: 'All other settings can be told from it.' });
    return;
  }
  const first = ties[0]?.parameters ?? best.parameters;
  yield* found({
    kind: 'ties',
    settings: ties.map((runner) => runner.parameters),
    because:
      ties.length === 1
        ? `One other setting cannot be told from it: ${formatSetting(first, varied)}.`
        : `${ties.length} other settings cannot be told from it; the smallest network among them: ` +
          `${formatSetting(first, varied)}.`,
  });
}
