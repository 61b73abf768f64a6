import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { subsample } from '../../data/split/subsample.js';
import { type Forecast, forecastTimed, forecastUntimed } from '../../forecast/forecast.js';
import type { ForecastParts } from '../../forecast/forecast-parts.js';
import { createDeadline } from '../../platform/deadline.js';
import { createExecutor } from '../create-executor.js';
import type { ExistingCampaign } from '../existing-campaign.js';
import type { PreparedCampaign } from '../prepare-campaign.js';
import { forecastParts } from './forecast-parts.js';
import { keepTrials } from './kept-trials.js';
import { openRecorder } from './trial-recorder.js';

/** How a forecast is made. */
export interface ForecastOptions {
  /** Trials that run at once. */
  readonly slots: number;
  /** Ends the calibration. */
  readonly signal: AbortSignal;
  /**
   * How long the calibration may train at most; null for a few seconds. An external trainer is only started if this is
   * given.
   */
  readonly milliseconds: number | null;
  /** Whether trials that ran to their end are kept for the run, in the user's cache; false by default. */
  readonly keepsTrials?: boolean;
  /** Called with each epoch that the calibration trains. */
  readonly onReport?: () => void;
}

/** A forecast, and what it rests on. */
export interface CampaignForecast {
  readonly forecast: Forecast;
  /** Whether trials were trained for it. */
  readonly isCalibrated: boolean;
}

/** Operations that the calibration spends on the campaign's own first trials: a few seconds. */
const BUDGET = 4e10;
/** The most that it may take if the caller does not say how much, however slow the machine is. */
const MAX_MILLISECONDS = 20_000;

/**
 * What a campaign will take, or the rest of it if a part of it exists. Trains a few trials first, unless the trainer
 * is an external one and no time is given for it, or another run is at work on the campaign. Leaves nothing behind
 * but, if asked to, trials in the cache.
 */
export async function forecastCampaign(
  prepared: PreparedCampaign,
  existing: ExistingCampaign | null,
  options: ForecastOptions,
): Promise<CampaignForecast> {
  const parts = forecastParts(prepared, existing);
  const { isCheap } = prepared.loaded.config.trainerKind;
  if ((!isCheap && options.milliseconds === null) || existing?.isAtWork === true)
    return { forecast: forecastUntimed(parts, options.slots), isCalibrated: false };
  return { forecast: await calibrate(prepared, parts, options), isCalibrated: true };
}

async function calibrate(
  prepared: PreparedCampaign,
  parts: ForecastParts,
  { slots, signal, milliseconds, onReport, keepsTrials = false }: ForecastOptions,
): Promise<Forecast> {
  const { dataset, loaded } = prepared;
  const { trainer, trainerKind, seed } = loaded.config;
  const { isCheap } = trainerKind;
  const limit = milliseconds ?? (isCheap ? MAX_MILLISECONDS : null);
  using deadline = createDeadline(signal, limit);
  const end = deadline.signal;
  // What external trials write has a place that is not the campaign's.
  const folder = await mkdtemp(join(tmpdir(), 'fitfirst-dry-run-'));
  try {
    await using recorder = await openRecorder(prepared, folder, slots);
    await using executor = await createExecutor(prepared, folder, slots);
    return await forecastTimed(parts, {
      executor,
      onShare:
        dataset === null || trainer.costs(dataset) === null
          ? null
          : (share) =>
              createExecutor({ ...prepared, dataset: subsample(dataset, share, seed) }, folder, slots),
      recorder: {
        ...recorder,
        commit(event) {
          if (event.type.startsWith('trial-reported')) onReport?.();
          return recorder.commit(event);
        },
      },
      // A caller who says how long it may take wants to know as much as that allows.
      budget: milliseconds === null ? BUDGET : Number.POSITIVE_INFINITY,
      signal: end,
      // What external trials wrote is removed with the folder, so they have to run again.
      ...(keepsTrials &&
        isCheap && {
          keep: (own) => (signal.aborted ? Promise.resolve(0) : keepTrials(prepared.facts, own)),
        }),
      whileStarting: isCheap ? new AbortController().signal : end,
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
