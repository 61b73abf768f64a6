import { formatSetting } from '../../campaign/format-setting.js';
import { formatCount, formatNumber } from '../../text/number.js';
import {
  type ChoiceRule,
  type Finalist,
  finalistsOf,
  freshMean,
  isOff,
  pickFinalist,
  runFresh,
  UNCONFIRMED,
  whyFinalists,
  whyPicked,
} from '../finalists.js';
import { found, type Procedure } from '../method.js';
import { medianEpoch, type RaceEntry } from '../race.js';
import { reportTies } from '../search.js';
import { reportGain } from './confirm.js';
import type { FitFirstOptions } from './options.js';

/** What the search has found. */
export interface Searched {
  /** All settings of the race, the winner first. */
  readonly ranking: readonly RaceEntry[];
  readonly winner: RaceEntry;
  /** The best setting without dropout; null where none finished. */
  readonly baseline: RaceEntry | null;
  /** The best setting at the smallest size that fits. */
  readonly strict: RaceEntry;
}

/** What is handed over, and the network without dropout to compare it with. */
export interface Chosen {
  readonly chosen: RaceEntry;
  readonly baseline: RaceEntry | null;
}

/**
 * Runs the finalists on fresh repeats and picks one of them. If it has dropout, it runs on further repeats against the
 * best without dropout, and is handed over only if it is better there, too. What picks it and what measures its gain
 * are different repeats, so the interval of the gain needs no correction. It is given whatever it shows.
 */
export function* confirmChoice(
  searched: Searched,
  rule: ChoiceRule,
  options: FitFirstOptions,
): Procedure<Chosen> {
  const { comparison, confirm: repeats } = options;
  const { winner, baseline, strict, ranking } = searched;
  const entries = finalistsOf(ranking, baseline === null ? [strict] : [baseline, strict], comparison);
  const unconfirmed = { chosen: winner, baseline };
  if (entries.length < 2) return unconfirmed;
  const after = Math.max(comparison.repeats.most, options.fit.repeats);
  const epochs = options.epochs.dropout;
  const because = whyFinalists(entries.length, repeats);
  const finalists = yield* runFresh(
    entries,
    { stage: 'finalists', because, after, repeats, epochs },
    comparison,
  );
  const pick = pickFinalist(finalists, rule, options.off, comparison);
  if (pick === null) {
    yield* found(UNCONFIRMED);
    return unconfirmed;
  }
  const without = finalists.filter(({ entry }) => isOff(entry.parameters, options.off));
  const withoutDropout = pickFinalist(without, rule, options.off, comparison)?.picked ?? null;
  const { picked } = pick;
  const words = ({ entry }: Finalist): string => formatSetting(entry.parameters, options.varied);
  const why = whyPicked(pick, winner, finalists, { metric: comparison.metric.name, words });
  yield* reportFresh(picked, 'chosen', why, options);
  if (picked.entry !== winner) yield* reportTies(picked.entry, ranking, comparison, options.varied, true);
  yield* reportOthers(searched, picked.entry, finalists, withoutDropout, options);
  if (withoutDropout === null) return { chosen: picked.entry, baseline };
  if (picked === withoutDropout) {
    yield* found({
      kind: 'warning',
      code: 'dropout-does-not-help',
      numbers: { validation: freshMean(picked).mean },
      because: 'Dropout does not help here: the chosen setting has it off.',
    });
    return { chosen: picked.entry, baseline: picked.entry };
  }
  return yield* measureGain(picked, withoutDropout, { after: after + repeats, ranking }, options);
}

/** Runs the pick and the best without dropout on further repeats; the pick has to be better there, too. */
function* measureGain(
  picked: Finalist,
  baseline: Finalist,
  { after, ranking }: { readonly after: number; readonly ranking: readonly RaceEntry[] },
  options: FitFirstOptions,
): Procedure<Chosen> {
  const { comparison, confirm: repeats } = options;
  const epochs = options.epochs.dropout;
  const because =
    'Repeats that picked a setting flatter it: it and the best without dropout run on ' +
    `${formatCount(repeats, 'further repeat')}, which measure the gain.`;
  const pair = yield* runFresh(
    [picked.entry, baseline.entry],
    { stage: 'confirm', because, after, repeats, epochs },
    comparison,
  );
  const [mine = [], theirs = []] = pair.map(({ values }) => values);
  const gain = yield* reportGain(mine, theirs, options);
  const both = { chosen: picked.entry, baseline: baseline.entry };
  if (gain === null || gain > 0) return both;
  const words = formatSetting(baseline.entry.parameters, options.varied);
  yield* reportFresh(
    baseline,
    'chosen',
    `${words} is chosen instead: with dropout the finalist was not better on the repeats that measured the gain.`,
    options,
  );
  yield* reportTies(baseline.entry, ranking, comparison, options.varied, true);
  return { chosen: baseline.entry, baseline: baseline.entry };
}

/** The setting with its mean over the fresh repeats, so that chosen and baseline rest on the same ones. */
function* reportFresh(
  finalist: Finalist,
  kind: 'chosen' | 'baseline',
  because: string,
  options: FitFirstOptions,
): Procedure<void> {
  yield* found({
    kind,
    parameters: finalist.entry.parameters,
    epochs: medianEpoch(finalist.entry, options.epochs.dropout),
    validation: freshMean(finalist),
    because,
  });
}

/** What the strict advice and no dropout gave on the same repeats. */
function* reportOthers(
  { strict, baseline, winner }: Searched,
  picked: RaceEntry,
  finalists: readonly Finalist[],
  withoutDropout: Finalist | null,
  options: FitFirstOptions,
): Procedure<void> {
  const { name } = options.comparison.metric;
  const words = ({ entry }: Finalist): string => formatSetting(entry.parameters, options.varied);
  const advised = finalists.find(({ entry }) => entry === strict);
  if (advised?.entry === picked && winner !== picked) {
    yield* found({
      kind: 'strict',
      parameters: strict.parameters,
      validation: freshMean(advised),
      because: 'The strict advice, dropout at the fitted size alone, would have chosen the same.',
    });
  } else if (advised !== undefined && advised.entry !== picked && advised.values.every(Number.isFinite)) {
    yield* found({
      kind: 'strict',
      parameters: strict.parameters,
      validation: freshMean(advised),
      because:
        `The strict advice alone would have chosen ${words(advised)}: mean ${name} ` +
        `${formatNumber(freshMean(advised).mean)} on the same fresh repeats.`,
    });
  }
  if (withoutDropout === null) return;
  const instead = withoutDropout.entry === baseline ? '' : ', better there than the one of the search';
  yield* reportFresh(
    withoutDropout,
    'baseline',
    `The best setting without dropout is ${words(withoutDropout)}: mean ${name} ` +
      `${formatNumber(freshMean(withoutDropout).mean)} on the same fresh repeats${instead}.`,
    options,
  );
}
