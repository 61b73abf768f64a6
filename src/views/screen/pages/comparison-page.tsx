import { Box } from 'ink';
import type { ReactNode } from 'react';
import type { Campaign } from '../../../campaign/campaign.js';
import { formatName } from '../../../campaign/format-setting.js';
import { cutText } from '../../text/wrapped-text.js';
import { listTitle } from '../lists/list-title.js';
import { comparisonsOf, listSettings, settingColumns } from '../lists/setting-list.js';
import { LeaderboardTable } from '../widgets/leaderboard-table.js';
import { Line, StyledText } from '../widgets/line.js';
import type { Navigation } from './navigation.js';
import { LIST_FRAME } from './trials-page.js';

/** The settings that a stage compares, all of them: to look through, to sort and to filter; Enter lists the trials. */
export function ComparisonPage(props: {
  readonly campaign: Campaign;
  readonly at: Navigation;
  readonly rows: number;
  readonly width: number;
}): ReactNode {
  const { campaign, at, width } = props;
  const boards = comparisonsOf(campaign);
  const board = boards.find(({ stage }) => stage === at.stage) ?? boards.at(-1);
  const metric = campaign.facts?.metric;
  if (board === undefined || metric === undefined) return null;
  const list = listSettings(board, metric, at.comparison);
  const sorted = settingColumns(board)[at.comparison.sort] ?? '';
  const title = listTitle(
    `Settings of ${formatName(board.stage)}`,
    list.length,
    board.contenders.length,
    at.comparison,
    sorted,
  );
  return (
    <>
      <Line />
      <Line>
        {' '}
        <StyledText textStyle="strong">{cutText(title, width - 2)}</StyledText>
      </Line>
      <Line />
      <Box flexDirection="column" paddingLeft={1}>
        {list.length === 0 ? (
          <Line>{'  no setting matches the filter'}</Line>
        ) : (
          <LeaderboardTable
            board={board}
            metric={metric}
            list={list}
            selected={at.contender}
            rows={props.rows - LIST_FRAME}
            width={width - 2}
          />
        )}
      </Box>
    </>
  );
}
