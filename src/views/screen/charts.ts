import type { Campaign } from '../../campaign/campaign.js';
import { type Growth, growStage, growthOf } from '../growth.js';
import { type Leaderboard, leaderboardOf } from '../leaderboard.js';
import { growthRows } from './growth-table.js';
import { leaderboardRows } from './leaderboard-table.js';
import type { ChartNeeds } from './screen-plan.js';

/** A chart of a stage, with the rows that it needs. */
export type Chart = ChartNeeds &
  (
    | { readonly kind: 'growth'; readonly growth: Growth }
    | { readonly kind: 'board'; readonly board: Leaderboard }
  );

/** The charts of the stages that have begun, in the order of the stages. */
export function chartsOf(campaign: Campaign): Chart[] {
  const begun = new Set(campaign.batches.map(({ stage }) => stage));
  return (campaign.facts?.stages ?? []).flatMap((stage): Chart[] => {
    if (!begun.has(stage)) return [];
    if (stage === growStage) {
      const growth = growthOf(campaign);
      return growth === null ? [] : [{ kind: 'growth', id: stage, growth, ...growthRows }];
    }
    const board = leaderboardOf(campaign, stage);
    // The finish trains networks to hand over; it compares nothing.
    return board === null || stage === 'finish'
      ? []
      : [{ kind: 'board', id: stage, board, ...leaderboardRows(board) }];
  });
}
