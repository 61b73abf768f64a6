import type { ReactNode } from 'react';
import type { Campaign } from '../../../campaign/campaign.js';
import type { Metric } from '../../../campaign/metric.js';
import { type GrowthCurve, growthOf } from '../../model/growth.js';
import { type Leaderboard, leaderboardOf } from '../../model/leaderboard.js';
import { GrowthChart, growthRows, growthTitle } from './growth-chart.js';
import { LeaderboardTable, leaderboardRows, leaderboardTitle } from './leaderboard-table.js';

/** A chart of a stage, with the rows without which it says nothing and those that it can use, its title left out. */
export interface Chart {
  /** The stage. */
  readonly id: string;
  readonly min: number;
  readonly max: number;
  readonly metric: Metric;
  readonly drawn:
    | { readonly kind: 'growth'; readonly growth: GrowthCurve }
    | { readonly kind: 'board'; readonly board: Leaderboard };
}

/** The charts of the stages that have begun, in the order of the stages. */
export function chartsOf(campaign: Campaign, width: number): Chart[] {
  const { facts } = campaign;
  if (facts === null) return [];
  const { metric } = facts;
  const begun = new Set(campaign.batches.map(({ stage }) => stage));
  return facts.plan.stages.flatMap(({ name: stage, role }): Chart[] => {
    if (!begun.has(stage)) return [];
    if (role === 'grow') {
      const growth = growthOf(campaign);
      return growth === null ? [] : [{ id: stage, metric, drawn: { kind: 'growth', growth }, ...growthRows }];
    }
    const board = leaderboardOf(campaign, stage);
    // The finish trains networks to hand over; it compares nothing.
    return board === null || role === 'finish'
      ? []
      : [{ id: stage, metric, drawn: { kind: 'board', board }, ...leaderboardRows(board, metric, width) }];
  });
}

/** What the chart shows, cut to the width. */
export function chartTitle({ drawn, metric }: Chart, width: number): string {
  switch (drawn.kind) {
    case 'growth':
      return growthTitle(drawn.growth, width);
    case 'board':
      return leaderboardTitle(drawn.board, metric, width);
    default:
      return drawn satisfies never;
  }
}

/** A chart without its title. */
export function ChartOf(props: {
  readonly chart: Chart;
  readonly rows: number;
  readonly width: number;
}): ReactNode {
  const { rows, width } = props;
  const { drawn, metric } = props.chart;
  switch (drawn.kind) {
    case 'growth':
      return (
        <GrowthChart
          growth={drawn.growth}
          validation={metric.name}
          goal={metric.goal}
          rows={rows}
          width={width}
        />
      );
    case 'board':
      return <LeaderboardTable board={drawn.board} metric={metric} rows={rows} width={width} />;
    default:
      return drawn satisfies never;
  }
}
