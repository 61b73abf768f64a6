import { existingCampaign } from '../app/existing-campaign.js';
import { forecastCampaign } from '../app/forecast/forecast-campaign.js';
import { prepareCampaign } from '../app/prepare-campaign.js';
import { resultsFolder } from '../app/run-config.js';
import { workerCount } from '../execution/worker-count.js';
import type { Range } from '../forecast/forecast.js';
import { configObject } from './config-object.js';
import type { CampaignConfig, SpaceConfig } from './tune-config.js';

/** How a forecast is made. */
export interface ForecastConfig {
  /** The results folder that the run would use. Default: `results/<name>` below the working directory. */
  readonly folder?: string;
  /** Trials at once. Default: what the config says. */
  readonly workers?: number | 'auto';
  /** Forecasts the whole campaign, even if the results folder holds a part of it. */
  readonly fresh?: boolean;
  /** As in a run that extends its campaign. */
  readonly extend?: boolean;
  /**
   * How many seconds the calibration may train. Default: a few seconds for the built-in network; without it a trainer
   * of your own is not started.
   */
  readonly seconds?: number;
  /** Ends the calibration; the forecast then rests on the trials that have ended. */
  readonly signal?: AbortSignal;
}

/** What the rest of a campaign will take: all of it if it has not begun. */
export interface TuneForecast {
  /** Trials that have ended already and count. */
  readonly done: number;
  readonly trials: Range;
  readonly epochs: Range;
  /** Seconds of the run; null if no trial was timed. */
  readonly seconds: Range | null;
}

/**
 * Says what a campaign will take, a config as an object or the path of a config file. Trains a few trials to time them
 * and leaves nothing behind. Throws what a run would throw before its first trial.
 */
export async function forecast<const Space extends SpaceConfig>(
  config: string | CampaignConfig<Space>,
  options: ForecastConfig = {},
): Promise<TuneForecast> {
  const { fresh = false, extend = false, seconds, signal } = options;
  const prepared = await prepareCampaign(typeof config === 'string' ? config : configObject(config));
  const folder = options.folder ?? resultsFolder(prepared);
  const existing = fresh ? null : await existingCampaign(folder, prepared, extend);
  const { forecast: made } = await forecastCampaign(existing?.prepared ?? prepared, existing, {
    slots: workerCount(options.workers ?? prepared.loaded.config.workers),
    signal: signal ?? new AbortController().signal,
    milliseconds: seconds === undefined ? null : 1000 * seconds,
  });
  return { done: made.done, trials: made.trials, epochs: made.epochs, seconds: made.seconds };
}
