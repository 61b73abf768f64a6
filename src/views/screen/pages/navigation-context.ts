import type { Snapshot } from '../../model/campaign-source.js';
import { comparisonsOf, listSettings, settingColumns } from '../lists/setting-list.js';
import { listTrials, trialColumns } from '../lists/trial-list.js';
import { failedTrials, runningTrials } from '../widgets/running-trials.js';
import type { Navigation, NavigationContext } from './navigation.js';

/** Rows as they were drawn last: a person scrolls what is seen. */
export interface VisibleRows {
  readonly list: number;
  readonly history: NavigationContext['history'];
}

/** What there is to go through, of which only what a key needs is worked out. */
export function navigationContext(
  { campaign, timing }: Snapshot,
  at: Navigation,
  seen: VisibleRows,
): NavigationContext {
  const boards = (): ReturnType<typeof comparisonsOf> => comparisonsOf(campaign);
  const shown = (): ReturnType<typeof comparisonsOf>[number] | undefined =>
    boards().find(({ stage }) => stage === at.stage) ?? boards().at(-1);
  return {
    get running() {
      return runningTrials(campaign, timing).map(({ trial }) => trial.key);
    },
    get failed() {
      return failedTrials(campaign, timing);
    },
    get trials() {
      return listTrials(campaign, at.trials, at.setting).map(({ trial }) => trial.key);
    },
    get stages() {
      return boards().map(({ stage }) => stage);
    },
    get settings() {
      const board = shown();
      const metric = campaign.facts?.metric;
      if (board === undefined || metric === undefined) return [];
      return listSettings(board, metric, at.comparison).map(({ parameters }) => parameters);
    },
    get columns() {
      const board = shown();
      return {
        trials: trialColumns(campaign).length,
        comparison: board === undefined ? 1 : settingColumns(board).length,
      };
    },
    seen: seen.list,
    history: seen.history,
  };
}
