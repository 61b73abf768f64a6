import type { Metric } from '../campaign/metric.js';
import { type TrialKey, type TrialSpec, trialKey } from '../campaign/trial.js';
import type { Executor } from '../execution/executor.js';
import { fitCost, type Work } from './cost-model.js';
import { type Extremes, extremesOf } from './extremes.js';
import type { Growing } from './growing.js';
import { imagineLikely } from './likely.js';
import {
  epochsOf,
  type Rehearsal,
  type Rehearsed,
  type RehearsedTrial,
  rehearse,
  trialsOf,
} from './rehearsal.js';
import { type Tried, tryTrials } from './tried.js';

/** A number that results decide: the least and the most that it can be, and what it is likely to be. */
export interface Range {
  readonly least: number;
  readonly likely: number;
  readonly most: number;
}

/** What the rest of a campaign will come to: all of it where it has not begun. */
export interface Forecast {
  /** Trials that are done and count. */
  readonly done: number;
  readonly trials: Range;
  readonly epochs: Range;
  /** Reports, each a line of the journal. */
  readonly reports: Range;
  /** Seconds of the trials, on the slots of the executor; null where none was timed. */
  readonly seconds: Range | null;
  /** Trials that were run for it, and their epochs. */
  readonly tried: { readonly trials: number; readonly epochs: number };
  /** Why a trial failed that was tried; null where none did. */
  readonly failure: string | null;
  /** Whether the budget of trials is likely to end it before its conclusion. */
  readonly isSpent: boolean;
  /** A trial that was tried, for its reports. */
  readonly sample: Tried | null;
  /** The trial whose epochs cost most; null where none is left. */
  readonly dearest: TrialSpec | null;
}

/** What a forecast is made from. */
export interface ForecastParts extends Rehearsed {
  readonly identity: string;
  readonly metric: Metric;
  readonly growing: Growing | null;
  /** Trials that have ended in the campaign already, asked for or not. */
  readonly ended: ReadonlyMap<TrialKey, Tried>;
  /** What an epoch of a trial is made up of. */
  readonly workOf: (spec: TrialSpec) => Work;
  /** Operations of an epoch, in about equal steps of time. */
  readonly effortOf: (spec: TrialSpec) => number;
}

/** How the trials are timed. */
export interface Timing {
  readonly executor: Executor;
  /** Operations that may be spent: as many trials of the campaign as these allow are run, in its own order. */
  readonly budget: number;
  /** Ends the timing; what was timed until then counts. */
  readonly signal: AbortSignal;
  /** Ends the first trials, an epoch each, with which workers start: Node may crash where a thread is ended while it loads. */
  readonly whileStarting: AbortSignal;
  readonly onReport: () => void;
}

/** Operations of the trials that only the cost is learned from: at least an epoch, and long enough to be timed. */
const PROBE_OPERATIONS = 4e8;

/** What can be told without a run of any trial; with the time where trials have ended in the campaign already. */
export function forecastUntimed(parts: ForecastParts, slots: number): Forecast {
  const clock = clockOf(parts, [...parts.ended.values()], null);
  return summed(parts, {
    extremes: extremesIn(parts),
    likely: rehearseLikely(parts, new Map()),
    clock,
    everything: [],
    slots,
    tried: new Map(),
  });
}

const extremesIn = (parts: ForecastParts): Extremes => extremesOf(parts, parts.metric, parts.growing);

/** Runs trials to learn what an epoch takes and how the campaign is likely to go. */
export async function forecastTimed(parts: ForecastParts, timing: Timing): Promise<Forecast> {
  const extremes = extremesIn(parts);
  const run = (specs: readonly TrialSpec[]): Promise<readonly Tried[]> =>
    tryTrials(timing.executor, specs, timing.signal, timing.onReport);
  const probes = probesOf(parts, extremes);
  if (probes === null) return forecastUntimed(parts, timing.executor.slots);
  const { slots } = timing.executor;
  // The first trial of a worker also starts it.
  const first = onRepeats({ ...probes.cheapest, epochs: 1 }, slots);
  await tryTrials(timing.executor, first, timing.whileStarting, timing.onReport);
  const measured = [
    ...(await run(onRepeats({ ...probes.cheapest, epochs: 1 }, slots))),
    ...(await run(onRepeats(probes.dearest, slots))),
    ...(await run(probes.others)),
    ...(await run([probes.cheapest])),
  ];
  const [last] = probes.finish === null ? [] : await run([probes.finish]);
  const tried = await tryInOrder(parts, timing, run);
  const all = [...measured, ...tried.values()].filter(({ reason }) => reason !== 'failed');
  const clock = clockOf(parts, all, last ?? null);
  const failure = [...measured, ...tried.values()].find((one) => one.failure !== null)?.failure ?? null;
  const everything = [...measured, ...tried.values(), ...(last ? [last] : [])];
  const likely = rehearseLikely(parts, tried);
  return { ...summed(parts, { extremes, likely, clock, everything, slots, tried }), failure };
}

interface Probes {
  readonly cheapest: TrialSpec;
  readonly dearest: TrialSpec;
  readonly others: readonly TrialSpec[];
  readonly finish: TrialSpec | null;
}

/** The trials that the cost is learned from: the cheapest and the dearest, without dropout and with it; null where none is left. */
function probesOf({ effortOf }: ForecastParts, { long: [longest] }: Extremes): Probes | null {
  const trials = longest === undefined ? [] : trialsOf(longest);
  const search = trials.filter(({ spec }) => spec.finish === null).map(({ spec }) => spec);
  const byEffort = [...search].sort((a, b) => effortOf(a) - effortOf(b));
  const [first] = byEffort;
  const dearest = byEffort.at(-1);
  // Nothing but the network that is handed over may be left, or nothing at all.
  if (first === undefined || dearest === undefined) return null;
  const short = (spec: TrialSpec): TrialSpec => {
    const few = Math.ceil(PROBE_OPERATIONS / effortOf(spec));
    return { ...spec, repeat: 1, epochs: Math.min(spec.epochs, few), until: null };
  };
  const growing = search.filter((spec) => spec.until !== null);
  const grown = growing.toSorted((a, b) => effortOf(a) - effortOf(b));
  const middle = byEffort[Math.floor(byEffort.length / 2)] ?? first;
  const others = [middle, grown[Math.floor(grown.length / 2)], grown.at(-1)].filter(
    (spec) => spec !== undefined,
  );
  const finish = trials.findLast(({ spec }) => spec.finish !== null)?.spec ?? null;
  return {
    cheapest: short(first),
    dearest: short(dearest),
    others: others.map(short),
    finish: finish && { ...finish, parameters: dearest.parameters, epochs: 1 },
  };
}

function onRepeats(spec: TrialSpec, repeats: number): TrialSpec[] {
  return Array.from({ length: repeats }, (_, i) => ({ ...spec, repeat: i + 1 }));
}

/** Runs the campaign's own trials in its own order, as far as the budget goes. */
async function tryInOrder(
  parts: ForecastParts,
  { budget, signal }: Timing,
  run: (specs: readonly TrialSpec[]) => Promise<readonly Tried[]>,
): Promise<ReadonlyMap<TrialKey, Tried>> {
  const { identity } = parts;
  const known = new Map<TrialKey, Tried>();
  for (let left = budget; ; ) {
    const { batches } = rehearseLikely(parts, known);
    const isUnknown = ({ spec }: RehearsedTrial): boolean => !known.has(trialKey(identity, spec));
    const next = batches.find((batch) => batch.some(isUnknown))?.filter(isUnknown) ?? [];
    const within: TrialSpec[] = [];
    let planned = 0;
    for (const { spec } of next) {
      planned += parts.effortOf(spec) * spec.epochs;
      if (planned > left) break;
      within.push(spec);
    }
    const tried = await run(within);
    for (const one of tried) {
      // A campaign whose trials fail is not told by them.
      if (one.failure !== null || signal.aborted) continue;
      known.set(trialKey(identity, one.spec), one);
      left -= parts.effortOf(one.spec) * one.epochs;
    }
    const isAll = within.length === next.length && tried.every(({ failure }) => failure === null);
    if (next.length === 0 || !isAll || signal.aborted) return known;
  }
}

function rehearseLikely(parts: ForecastParts, tried: ReadonlyMap<TrialKey, Tried>): Rehearsal {
  return rehearse(parts, imagineLikely({ ...parts, tried: new Map([...parts.ended, ...tried]) }));
}

/** Seconds of a trial. */
type Clock = (trial: RehearsedTrial) => number;

function clockOf({ workOf }: ForecastParts, tried: readonly Tried[], last: Tried | null): Clock | null {
  if (tried.length === 0) return null;
  // Whatever it trains, a trial takes a moment before its first epoch.
  const whole = (spec: TrialSpec, epochs: number): Work => [
    1,
    ...workOf(spec).map((amount) => amount * epochs),
  ];
  const model = fitCost(tried.map(({ spec, epochs, seconds }) => ({ work: whole(spec, epochs), seconds })));
  const closing = last === null ? 0 : Math.max(0, last.seconds - model(whole(last.spec, last.epochs)));
  return ({ spec, epochs }) => model(whole(spec, epochs)) + (spec.finish === null ? 0 : closing);
}

interface Found {
  readonly extremes: Extremes;
  readonly likely: Rehearsal;
  readonly clock: Clock | null;
  /** All that was run for the forecast. */
  readonly everything: readonly Tried[];
  readonly slots: number;
  /** The campaign's own trials that were. */
  readonly tried: ReadonlyMap<TrialKey, Tried>;
}

function summed(parts: ForecastParts, found: Found): Forecast {
  const { likely, clock, everything, slots, tried } = found;
  const { short, long } = found.extremes;
  const range = (of: (rehearsal: Rehearsal) => number): Range => {
    const value = of(likely);
    return {
      least: Math.min(value, ...short.map(of)),
      likely: value,
      most: Math.max(value, ...long.map(of)),
    };
  };
  const timed: Clock | null =
    clock && ((trial) => tried.get(trialKey(parts.identity, trial.spec))?.seconds ?? clock(trial));
  return {
    done: likely.asked - trialsOf(likely).length,
    trials: range((rehearsal) => trialsOf(rehearsal).length),
    epochs: range(epochsOf),
    reports: range(reportsIn),
    seconds: timed && range((rehearsal) => secondsOf(rehearsal, timed, slots)),
    tried: {
      trials: everything.length,
      epochs: everything.reduce((sum, one) => sum + one.epochs, 0),
    },
    failure: null,
    isSpent: likely.isSpent,
    sample: everything.find(({ reports }) => reports.length > 0) ?? null,
    dearest: probesOf(parts, found.extremes)?.dearest ?? null,
  };
}

function reportsIn(rehearsal: Rehearsal): number {
  return trialsOf(rehearsal).reduce(
    (sum, { spec, epochs }) =>
      sum + Math.ceil(epochs / Math.max(1, Number(spec.parameters.report_every ?? 1))),
    0,
  );
}

/** A batch is waited for: it takes as long as its share of the slots, or its longest trial. */
function secondsOf({ batches }: Rehearsal, clock: Clock, slots: number): number {
  return batches.reduce((sum, batch) => {
    const each = batch.map(clock);
    const together = each.reduce((all, seconds) => all + seconds, 0) / slots;
    return sum + each.reduce((longest, seconds) => Math.max(longest, seconds), together);
  }, 0);
}
