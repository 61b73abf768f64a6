import { prepareCampaign } from '../../app/prepare-campaign.js';
import { overRedis } from '../../app/remote/over-redis.js';
import { type RunResult, resultsFolder, runPrepared } from '../../app/run-config.js';
import type { Campaign } from '../../campaign/campaign.js';
import { FitfirstError } from '../../campaign/fitfirst-error.js';
import { kernelWarning } from '../../mlp/compiled-kernel.js';
import { displayPath } from '../../platform/display-path.js';
import { formatCount } from '../../text/number.js';
import { shellWord } from '../../text/shell-word.js';
import { bestSoFar } from '../../views/model/best-so-far.js';
import { exitCode, exitCodeOf } from '../exit-code.js';
import type { ViewName } from '../options.js';
import { folderSummary } from '../output/folder-summary.js';
import { defaultView } from '../output/mount-view.js';
import { withReadingLine } from '../output/progress-line.js';
import { shownRun } from '../output/shown-run.js';
import { giveRedisUrl } from '../redis-flag.js';

interface RunFlags {
  readonly workers?: number | 'auto';
  readonly out?: string;
  readonly view?: ViewName;
  readonly dryRun?: boolean;
  readonly calibrate?: number;
  readonly fresh?: boolean;
  readonly extend?: boolean;
  readonly redis?: string;
}

/** Runs a campaign and shows its progress. */
export async function runCommand(configPath: string, flags: RunFlags): Promise<void> {
  refuseStrayOptions(flags);
  giveRedisUrl(flags.redis);
  const local = await withReadingLine((watch) => prepareCampaign(configPath, watch));
  const prepared = flags.redis === undefined ? local : overRedis(local);
  if (flags.dryRun) {
    const { dryRun } = await import('./dry-run.js');
    return dryRun(prepared, flags);
  }
  const viewName = flags.view ?? defaultView(process.stdout, process.env);
  const result = await shownRun(viewName, flags.out ?? resultsFolder(prepared), (shown) =>
    runPrepared(prepared, { ...flags, ...shown }),
  );
  if (viewName === 'tui' || viewName === 'plain')
    process.stdout.write(await exitMessage(result, configPath, flags));
  writeWarnings(result);
  // A budget asks for this end.
  process.exitCode = result.ended === 'budget-spent' ? exitCode.done : exitCodeOf(result.campaign);
}

/** Says what went wrong and stopped nothing. */
export function writeWarnings({ warnings }: RunResult): void {
  const warning = kernelWarning();
  if (warning !== null) process.stderr.write(`warning: ${warning}\n`);
  for (const { outlet, message } of warnings)
    process.stderr.write(
      `warning: the outlet "${outlet}" failed, and what it writes may be incomplete: ${message}\n`,
    );
}

/** Refuses options that would be ignored silently. */
function refuseStrayOptions({ calibrate, dryRun }: RunFlags): void {
  if (calibrate === undefined || dryRun) return;
  throw new FitfirstError(
    'USAGE_INVALID',
    '--calibrate limits a dry run, and this is a full run. Add --dry-run, or leave --calibrate out.',
  );
}

/** What stays in the scrollback. */
async function exitMessage(result: RunResult, configPath: string, flags: RunFlags): Promise<string> {
  const { campaign, folder, snapshot } = result;
  const summary = (await folderSummary({ campaign, folder, timing: snapshot.timing })) + whereAdopted(result);
  const out = flags.out === undefined ? '' : ` --out ${shellWord(flags.out)}`;
  const behind = result.isBehind
    ? `\nThe tables in ${displayPath(folder)} are not up to date, because the run had to stop. The next run ` +
      `updates them; fitfirst export ${shellWord(displayPath(folder))} prints them now.\n`
    : '';
  if (result.wasConcluded) return `${summary}${behind}${whereConcluded(configPath, out)}`;
  if (result.ended === 'concluded') return `${summary}${behind}${whereAllFailed(campaign)}`;
  const best = bestSoFar(campaign);
  const soFar = best === null ? '' : `The best so far: ${best}.\n`;
  const why =
    result.ended === 'interrupted'
      ? 'Interrupted; finished trials are kept. To resume:'
      : 'The budget is used up before the conclusion; finished trials are kept. To resume, raise the budget and run:';
  return `${summary}${behind}\n${soFar}${why}\n\n  fitfirst run ${shellWord(configPath)}${out}\n`;
}

/** How much of the run a dry run had done before. */
function whereAdopted({ adopted }: RunResult): string {
  return adopted === 0
    ? ''
    : `\n${formatCount(adopted, 'trial')} had been trained by a dry run and did not run again.\n`;
}

/** What to do with a campaign that was concluded before. */
function whereConcluded(configPath: string, out: string): string {
  return (
    '\nThis campaign is concluded; nothing was trained. To search on, change the config and run\n\n' +
    `  fitfirst run ${shellWord(configPath)}${out} --extend\n\n` +
    'To start over, use --fresh instead.\n'
  );
}

/** What to do where a campaign came to nothing, with the end of a log. */
function whereAllFailed(campaign: Campaign): string {
  const trials = [...campaign.trials.values()];
  const failed = trials.findLast((trial) => trial.state === 'failed');
  if (failed?.state !== 'failed' || trials.some(({ state }) => state === 'finished' || state === 'diverged'))
    return '';
  return (
    `\nEvery trial failed. The last one:\n\n${failed.message}\n\nFix the problem and rerun; ` +
    `the campaign resumes here and retries the failed trials.\n`
  );
}
