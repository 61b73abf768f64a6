import { relative } from 'node:path';
import { type ExistingCampaign, existingCampaign } from '../../app/existing-campaign.js';
import { forecastCampaign } from '../../app/forecast/forecast-campaign.js';
import { bytesOnDisk } from '../../app/forecast/forecast-parts.js';
import type { PreparedCampaign } from '../../app/prepare-campaign.js';
import { resultsFolder } from '../../app/run-config.js';
import type { ResolvedConfig } from '../../config/resolved-config.js';
import { workerCount } from '../../execution/worker-count.js';
import type { Forecast } from '../../forecast/forecast.js';
import { forecastLines } from '../../forecast/forecast-lines.js';
import { formatCount } from '../../text/number.js';
import { exitCode } from '../exit-code.js';
import { createProgressLine } from '../output/progress-line.js';
import { describePrepared } from './validate.js';

/** How a dry run is asked for. */
export interface DryRunFlags {
  readonly workers?: number | 'auto';
  readonly out?: string;
  readonly fresh?: boolean;
  readonly extend?: boolean;
  /**
   * Milliseconds that the calibration may take at most; a trainer of the user's own is only started where it is given.
   */
  readonly calibrate?: number;
}

/**
 * Says what a campaign is about and what it will take, or what is left of it if the results folder holds a part. Leaves
 * nothing behind but trials in the user's cache, which a run reuses. Throws CONFIG_CHANGED and DATA_CHANGED where a run
 * would refuse to resume.
 */
export async function dryRun(prepared: PreparedCampaign, flags: DryRunFlags): Promise<void> {
  const stop = new AbortController();
  const onSignal = (): void => stop.abort();
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  try {
    await say(prepared, flags, stop.signal);
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
  if (!stop.signal.aborted) return;
  process.stderr.write('Interrupted while it calibrated; nothing was written.\n');
  process.exitCode = exitCode.interrupted;
}

async function say(prepared: PreparedCampaign, flags: DryRunFlags, stop: AbortSignal): Promise<void> {
  const { config } = prepared.loaded;
  const slots = workerCount(flags.workers ?? config.workers);
  const folder = flags.out ?? resultsFolder(prepared);
  const begun = flags.fresh ? null : await existingCampaign(folder, prepared, flags.extend ?? false);
  const place = relative('', folder) || '.';
  process.stdout.write(`${[...describePrepared(prepared), ...begunLines(begun, place)].join('\n')}\n`);
  if (begun !== null && begun.campaign.conclusion !== null) return;
  const loading = performance.now() / 1000;
  const line = createProgressLine();
  let reports = 0;
  const { forecast, isCalibrated } = await forecastCampaign(begun?.prepared ?? prepared, begun, {
    slots,
    signal: stop,
    milliseconds: flags.calibrate ?? null,
    keepsTrials: true,
    onReport: () => {
      reports += 1;
      line.draw(
        () => `calibrating  ${formatCount(reports, 'epoch')} in ${line.seconds()} s  (Ctrl-C ends it)`,
      );
    },
  }).finally(() => line.clear());
  if (stop.aborted) return;
  const lines = forecastLines(forecast, {
    slots,
    loading,
    peakBytes: isCalibrated ? peakBytes(prepared, forecast, slots) : null,
    diskBytes: isCalibrated ? bytesOnDisk(prepared, forecast) : null,
    folder: place,
    budget: config.budget,
  });
  if (forecast.seconds === null) lines.push(`  time       ${untimed(config, forecast, flags)}`);
  else if (!isCalibrated) lines.push('  timed by   the trials that are done');
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** Why no time is given, and what to do about it. */
function untimed(
  { trainerKind: { label } }: ResolvedConfig,
  { failure }: Forecast,
  { calibrate }: DryRunFlags,
): string {
  if (label === null) return 'not known before a trial has ended';
  if (failure !== null) return 'not known, as a trial failed';
  if (calibrate !== undefined) {
    const longer = Math.ceil((LONGER * calibrate) / 1000);
    return `not known: your ${label} finished no epoch in this time. Give it more, as in --calibrate ${longer}s`;
  }
  return `not known without a run of your ${label}: add --calibrate 1m to start its first trials, for a minute at most`;
}

/** How much longer a calibration is proposed than one that was too short. */
const LONGER = 10;

/** What a run would find in the results folder, and what it would do with it. */
function begunLines(begun: ExistingCampaign | null, place: string): string[] {
  if (begun === null) return [];
  const { campaign, isExtended, interrupted, reopened, isAtWork } = begun;
  if (campaign.conclusion !== null)
    return [`  done       ${place} holds this campaign, concluded: a run would train nothing more`];
  const lines = [
    isExtended
      ? `  resuming   ${place} holds a campaign that this one extends: its finished trials are reused`
      : `  resuming   ${place} holds a part of this campaign; a run resumes it`,
  ];
  if (isAtWork) lines.push('  note       another run is working on it now; only one can at a time');
  else if (interrupted > 0) {
    const starts = interrupted === 1 ? 'starts' : 'start';
    lines.push(`  note       ${formatCount(interrupted, 'interrupted trial')} ${starts} over`);
  }
  if (reopened > 0) lines.push(`  note       ${formatCount(reopened, 'failed trial')} will be retried`);
  return lines;
}

/** Memory that a run needs in addition to what the calibration took: for each report, and for the HTML report. */
const REPORT_BYTES = 800;
const PAGE_BYTES = 15e6;
/** Of an input of a row, which every worker holds as its kernel takes it. */
const INPUT_BYTES = 4;

/** The largest networks have been run by now on every worker, on all rows or on a share of them. */
function peakBytes({ facts }: PreparedCampaign, { reports, isOnAllRows }: Forecast, slots: number): number {
  const rows = isOnAllRows ? 0 : (facts.data?.rows ?? 0) * (facts.data?.inputs ?? 0) * INPUT_BYTES;
  return 1024 * process.resourceUsage().maxRSS + REPORT_BYTES * reports.likely + PAGE_BYTES + slots * rows;
}
