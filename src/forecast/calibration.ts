import { type TrialKey, type TrialSpec, trialKey } from '../campaign/trial.js';
import type { Executor } from '../execution/executor.js';
import type { ForecastBounds } from './bounds.js';
import { type ForecastParts, simulateLikely } from './forecast-parts.js';
import { type ProbeBatch, type ProbeRecorder, type ProbeTrial, runProbeTrials } from './probe-trials.js';
import type { SimulatedTrial } from './simulate.js';
import { noLatency, onAll, type Probed, type TimeModel, timeModelOf } from './time-model.js';

/** How the trials are timed. */
export interface CalibrationTiming {
  readonly executor: Executor;
  /** Creates an executor for trials on about this share of the rows; null if it is not possible. */
  readonly onShare: ((share: number) => Promise<Executor>) | null;
  readonly recorder: ProbeRecorder;
  /**
   * Keeps the trials of the campaign that ran to their end, for a run that then does not train them. Returns how many
   * it keeps. Left out if nothing is to be kept.
   */
  readonly keep?: (trials: readonly ProbeTrial[]) => Promise<number>;
  /** Operations that may be spent on trials of the campaign, in the order in which the method asks for them. */
  readonly budget: number;
  /** Ends the timing. Everything that was timed until then counts. */
  readonly signal: AbortSignal;
  /**
   * Ends the first trials, of one epoch each, that start the workers. Node may crash if a thread is ended while it
   * loads.
   */
  readonly whileStarting: AbortSignal;
}

/** Operations of a trial that only measures cost: at least an epoch, and long enough to be timed. */
const PROBE_OPERATIONS = 4e8;
/** An epoch of more operations than this is timed on a share of the rows. */
const MAX_IN_EPOCH = 2e9;
/** An epoch on all rows is run for a forecast only if it takes at most this many seconds. */
const MAX_SECONDS = 8;

/** What the trials of a forecast showed. */
export interface Calibration {
  readonly clock: TimeModel | null;
  /** All trials that ran. */
  readonly everything: readonly ProbeTrial[];
  /** The trials of the campaign among them that ran to their end. */
  readonly own: ReadonlyMap<TrialKey, ProbeTrial>;
  /** How many of these are kept for the run, in their order. */
  readonly kept: number;
  /** The share of the rows that the cost was learned on. */
  readonly share: number;
  /** Whether any trial was run on all rows, for which every worker has its own copy in memory. */
  readonly isOnAllRows: boolean;
  /** Why a trial failed; null if none did. */
  readonly failure: string | null;
}

/**
 * Runs trials to measure the time of an epoch and to see how the campaign is likely to go; null if none is left to
 * run.
 */
export async function calibrate(
  parts: ForecastParts,
  extremes: ForecastBounds,
  timing: CalibrationTiming,
): Promise<Calibration | null> {
  const probes = probesOf(parts, extremes);
  if (probes === null) return null;
  const { executor, signal, recorder } = timing;
  const { slots } = executor;
  const share =
    timing.onShare === null ? 1 : Math.min(1, MAX_IN_EPOCH / parts.costPerEpoch(probes.mostExpensive));
  const sampled =
    timing.onShare === null || share === 1
      ? null
      : await timeOnShare(parts, probes, share, timing, timing.onShare);
  const isShort = (spec: TrialSpec): boolean => {
    const expected = sampled && timeModelOf(parts, sampled.probed, null, noLatency);
    return expected === null || expected.trial({ spec, epochs: 1 }) <= MAX_SECONDS;
  };
  // The first trial of a worker also starts it.
  const first = onRepeats({ ...probes.cheapest, epochs: 1 }, slots);
  const start = isShort(probes.cheapest)
    ? await runProbeTrials(executor, first, timing.whileStarting, recorder)
    : null;
  const whole = sampled ?? (await timeProbes(executor, parts, probes, 1, timing));
  const run = (specs: readonly TrialSpec[]): Promise<ProbeBatch> =>
    runProbeTrials(executor, specs, signal, recorder);
  const finish = probes.finish.find(isShort);
  const last = finish === undefined ? undefined : (await run([finish])).tried[0];
  const inOrder = await tryInOrder(parts, timing, run);
  const own = [...inOrder.tried.values()];
  const onAllRows = [...(sampled === null ? [] : (start?.tried ?? [])), ...own].map(onAll);
  const timed = [...whole.probed, ...onAllRows].filter(({ tried }) => tried.reason !== 'failed');
  const latency = {
    batch: median(inOrder.latencies.length > 0 ? inOrder.latencies : whole.latencies),
    start: sampled === null ? secondsOfStart(start) : 0,
  };
  const clock = timeModelOf(parts, timed, last ?? null, latency);
  const ran = [...whole.probed.map(({ tried }) => tried), ...own];
  const failure = ran.find((one) => one.failure !== null)?.failure ?? null;
  const everything = last === undefined ? ran : [...ran, last];
  const kept = (await timing.keep?.(own)) ?? 0;
  return { clock, everything, own: inOrder.tried, kept, share, isOnAllRows: start !== null, failure };
}

/** The time of an epoch of the cheapest trial is negligible against the start of its worker. */
function secondsOfStart(start: ProbeBatch | null): number {
  return start === null ? 0 : start.latency + Math.max(0, ...start.tried.map(({ seconds }) => seconds));
}

interface ProbeTimes {
  readonly probed: readonly Probed[];
  readonly latencies: readonly number[];
}

/** Times the probe trials on a share of the rows, on workers of their own. */
async function timeOnShare(
  parts: ForecastParts,
  probes: Probes,
  share: number,
  timing: CalibrationTiming,
  onShare: (share: number) => Promise<Executor>,
): Promise<ProbeTimes> {
  await using executor = await onShare(share);
  const first = onRepeats({ ...probes.cheapest, epochs: 1 }, executor.slots);
  await runProbeTrials(executor, first, timing.whileStarting, timing.recorder);
  return await timeProbes(executor, parts, probes, share, timing);
}

async function timeProbes(
  executor: Executor,
  { costPerEpoch }: ForecastParts,
  probes: Probes,
  share: number,
  { signal, recorder }: CalibrationTiming,
): Promise<ProbeTimes> {
  const { slots } = executor;
  const short = (spec: TrialSpec): TrialSpec => {
    const few = Math.max(3, Math.ceil(PROBE_OPERATIONS / (share * costPerEpoch(spec))));
    return { ...spec, repeat: 1, epochs: Math.min(spec.epochs, few), until: null };
  };
  const cheapest = short(probes.cheapest);
  const batches = [
    onRepeats({ ...cheapest, epochs: 1 }, slots),
    onRepeats(short(probes.mostExpensive), slots),
    probes.others.map(short),
    // Of two lengths, to separate the cost of a trial from the cost of its epochs.
    [cheapest, { ...probes.mostExpensive, repeat: 1, epochs: 1, until: null }],
  ];
  const ran: ProbeBatch[] = [];
  for (const specs of batches) ran.push(await runProbeTrials(executor, specs, signal, recorder));
  return {
    probed: ran.flatMap(({ tried }) => tried.map((one) => ({ tried: one, share }))),
    latencies: ran.map(({ latency }) => latency),
  };
}

interface Probes {
  readonly cheapest: TrialSpec;
  readonly mostExpensive: TrialSpec;
  readonly others: readonly TrialSpec[];
  /** The final network, the most expensive first. */
  readonly finish: readonly TrialSpec[];
}

/**
 * The trials that measure cost: the cheapest and the most expensive, without and with dropout; null if none is left.
 */
function probesOf({ costPerEpoch }: ForecastParts, { long: [longest] }: ForecastBounds): Probes | null {
  const trials = longest === undefined ? [] : longest.trials;
  const search = trials.filter(({ spec }) => spec.finish === null).map(({ spec }) => spec);
  const byCost = [...search].sort((a, b) => costPerEpoch(a) - costPerEpoch(b));
  const [first] = byCost;
  const mostExpensive = byCost.at(-1);
  // Only the final network may be left, or nothing.
  if (first === undefined || mostExpensive === undefined) return null;
  const growing = search.filter((spec) => spec.until !== null);
  const grown = growing.toSorted((a, b) => costPerEpoch(a) - costPerEpoch(b));
  const middle = byCost[Math.floor(byCost.length / 2)] ?? first;
  const others = [middle, grown[Math.floor(grown.length / 2)], grown.at(-1)].filter(
    (spec) => spec !== undefined,
  );
  const finish = trials.findLast(({ spec }) => spec.finish !== null)?.spec;
  return {
    cheapest: { ...first, until: null },
    mostExpensive,
    others,
    finish:
      finish === undefined
        ? []
        : [mostExpensive, first].map(({ parameters }) => ({ ...finish, parameters, epochs: 1 })),
  };
}

function onRepeats(spec: TrialSpec, repeats: number): TrialSpec[] {
  return Array.from({ length: repeats }, (_, i) => ({ ...spec, repeat: i + 1 }));
}

/** Runs trials of the campaign in its order, as far as the budget allows. */
async function tryInOrder(
  parts: ForecastParts,
  { budget, signal }: CalibrationTiming,
  run: (specs: readonly TrialSpec[]) => Promise<ProbeBatch>,
): Promise<{ readonly tried: ReadonlyMap<TrialKey, ProbeTrial>; readonly latencies: readonly number[] }> {
  const { identity } = parts;
  const known = new Map<TrialKey, ProbeTrial>();
  const latencies: number[] = [];
  for (let left = budget; ; ) {
    const { trials } = simulateLikely(parts, known);
    const isUnknown = ({ spec }: SimulatedTrial): boolean => !known.has(trialKey(identity, spec));
    const first = trials.findIndex(isUnknown);
    // All trials that the method has asked for by then.
    const next = trials.filter((trial) => trial.waitsFor <= first && isUnknown(trial));
    const within: TrialSpec[] = [];
    let planned = 0;
    for (const { spec } of next) {
      planned += parts.costPerEpoch(spec) * spec.epochs;
      if (planned > left) break;
      within.push(spec);
    }
    if (within.length === 0) return { tried: known, latencies };
    const { tried, latency } = await run(within);
    latencies.push(latency);
    for (const one of tried) {
      // Failed trials say nothing about the rest of the campaign.
      if (one.failure !== null || signal.aborted) continue;
      known.set(trialKey(identity, one.spec), one);
      left -= parts.costPerEpoch(one.spec) * one.epochs;
    }
    const isAll = within.length === next.length && tried.every(({ failure }) => failure === null);
    if (!isAll || signal.aborted) return { tried: known, latencies };
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
