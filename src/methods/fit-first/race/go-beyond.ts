import type { Parameters } from '../../../campaign/parameters.js';
import { formatList } from '../../../text/list.js';
import { formatNumber } from '../../../text/number.js';
import { distinct, equalSettings } from '../../comparison.js';
import { isOff } from '../../finalists.js';
import { found, type Procedure } from '../../method.js';
import { isSound, type RaceEntry, race } from '../../race.js';
import { edgeOfRange } from '../growth/edge-of-range.js';
import { type FitFirstOptions, setting } from '../options.js';
import { valuesBeyond } from './values-beyond.js';

/** A regulariser whose largest value is the best, and the values to try next. */
interface Edge {
  readonly name: string;
  readonly value: number;
  readonly next: readonly number[];
}

/**
 * Goes on past the largest value of a regulariser while it is the best: the winner runs with larger values, crossed
 * with what is tuned again, against those that ran to the end. Does nothing where the config does not ask for it.
 */
export function* goBeyond(
  ranking: readonly RaceEntry[],
  options: FitFirstOptions,
): Procedure<readonly RaceEntry[]> {
  let ranked = ranking;
  let ranges = options.beyond ?? {};
  for (;;) {
    const [winner] = ranked;
    if (winner === undefined || !isSound(winner)) return ranked;
    const edges = edgesOf(winner, ranges, options);
    const open = edges.filter(({ next }) => next.length > 0);
    for (const { name, value, next } of edges) {
      const words = `${name} ${formatNumber(value)}`;
      if (next.length === 0) {
        const because = `${words} is the best, and no larger value is tried.`;
        yield* found(edgeOfRange(value, because));
        continue;
      }
      const because = `${words} is the best and the largest value, so ${formatList(next.map(formatNumber))} are tried.`;
      yield* found({ kind: 'range-extended', parameter: name, from: value, values: next, because });
    }
    if (open.length === 0) return ranked;
    ranges = Object.fromEntries(
      Object.entries(ranges).map(([name, values]) => [
        name,
        [...values, ...(open.find((edge) => edge.name === name)?.next ?? [])],
      ]),
    );
    ranked = yield* raceBeyond(winner, open, ranked, options);
  }
}

function edgesOf(
  { parameters }: RaceEntry,
  ranges: Readonly<Record<string, readonly number[]>>,
  { off }: FitFirstOptions,
): Edge[] {
  return Object.entries(ranges).flatMap(([name, values]) => {
    const value = values.at(-1);
    const isBest = value !== undefined && parameters[name] === value && value !== off[name];
    return isBest ? [{ name, value, next: valuesBeyond(values) }] : [];
  });
}

/** Races settings beyond the edges against those that ran as long as the winner, and merges the rankings. */
function* raceBeyond(
  winner: RaceEntry,
  edges: readonly Edge[],
  ranking: readonly RaceEntry[],
  options: FitFirstOptions,
): Procedure<readonly RaceEntry[]> {
  const kept = ranking.filter(({ values }) => values.length === winner.values.length);
  const beyond = edges.flatMap(({ name, next }) =>
    next.flatMap((value) =>
      [{}, ...options.retune].map((retuned) =>
        setting(options, winner.parameters, retuned, { [name]: value } satisfies Parameters),
      ),
    ),
  );
  const allowed = beyond.filter((one) => options.allows?.(one) ?? true);
  const settings = distinct([...kept.map(({ parameters }) => parameters), ...allowed]);
  const again = yield* race(settings, {
    stage: 'dropout',
    because: `Larger values of ${formatList(edges.map(({ name }) => name))} run against the best so far.`,
    epochs: options.epochs.dropout,
    comparison: options.comparison,
    ...(options.choose !== 'search' && { keeps: (one) => isOff(one, options.off) }),
  });
  const isIn = (one: RaceEntry): boolean =>
    again.some(({ parameters }) => equalSettings(parameters, one.parameters));
  return [...again, ...ranking.filter((one) => !isIn(one))];
}
