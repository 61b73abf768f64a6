import { relative } from 'node:path';
import {
  type CompareChoice,
  type PreparedComparison,
  prepareComparison,
} from '../../app/compare/prepare-comparison.js';
import { type ComparisonRun, runComparison } from '../../app/compare/run-comparison.js';
import { prepareCampaign } from '../../app/prepare-campaign.js';
import { overRedis } from '../../app/remote/over-redis.js';
import { resultsFolder } from '../../app/run-config.js';
import { formatCount } from '../../text/number.js';
import { shellWord } from '../../text/shell-word.js';
import { formatComparison } from '../../views/compare/format-comparison.js';
import { exitCode, exitCodeOf } from '../exit-code.js';
import type { ViewName } from '../options.js';
import { defaultView } from '../output/mount-view.js';
import { withReadingLine } from '../output/progress-line.js';
import { shownRun } from '../output/shown-run.js';
import { giveRedisUrl } from '../redis-flag.js';
import { writeWarnings } from './run.js';

interface CompareFlags extends CompareChoice {
  readonly reuse: string;
  readonly workers?: number | 'auto';
  readonly out?: string;
  readonly view?: ViewName;
  readonly fresh?: boolean;
  readonly redis?: string;
}

/** Trains a table of settings, replays methods on it, and shows how far fit_first is from the best. */
export async function compareCommand(configPath: string, flags: CompareFlags): Promise<void> {
  giveRedisUrl(flags.redis);
  const local = await withReadingLine((watch) => prepareCampaign(configPath, watch));
  const prepared = flags.redis === undefined ? local : overRedis(local);
  const comparison = prepareComparison(prepared, flags);
  const viewName = flags.view ?? defaultView(process.stdout, process.env);
  const out = flags.out ?? `${resultsFolder(prepared)}-compare`;
  const { workers, fresh, reuse } = flags;
  const ended = await shownRun(viewName, out, (shown) =>
    runComparison(comparison, {
      ...shown,
      ...(workers !== undefined && { workers }),
      ...(fresh !== undefined && { fresh }),
      ...{ out, reuse },
    }),
  );
  const { run } = ended;
  if (viewName !== 'json')
    process.stdout.write(
      sampleLine(comparison) + endMessage(ended, `fitfirst compare ${shellWord(configPath)}`),
    );
  writeWarnings(run);
  process.exitCode = run.ended === 'budget-spent' ? exitCode.done : exitCodeOf(run.campaign);
}

/** Says that the table is a part of the grid, and how to have the whole one; empty if it is the whole one. */
function sampleLine({ space: { settings, draws, whole } }: PreparedComparison): string {
  if (draws === null) return '';
  const part = `The table has ${formatCount(settings.length, 'setting')}: all sizes and dropout rates, each with `;
  const others = `${formatCount(draws, 'draw')} of the other parameters. `;
  const more = whole === null ? 'More: --settings N.' : `The whole grid: --settings ${whole}.`;
  return `\n${part}${others}${more}\n`;
}

/** What stays in the scrollback. */
function endMessage({ run, compared, seconds }: ComparisonRun, command: string): string {
  const folder = relative('', run.folder) || '.';
  const reused =
    run.reused === 0 ? '' : `${formatCount(run.reused, 'trial')} of other campaigns did not run again.\n`;
  if (compared !== null) {
    const width = process.stdout.columns ?? 100;
    const written = `${folder}: compare.html, compare.csv, compare-replays.csv, compare.json\n`;
    return `\n${formatComparison(compared.result, { width, seconds })}\n${reused}${written}`;
  }
  const because = run.campaign.conclusion?.because;
  if (because !== undefined) return `\n${because}\n`;
  return `\n${reused}The table is not complete; finished trials are kept. To resume:\n\n  ${command}\n`;
}
