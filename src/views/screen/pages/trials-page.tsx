import type { ReactNode } from 'react';
import type { Campaign } from '../../../campaign/campaign.js';
import { formatSetting } from '../../../campaign/format-setting.js';
import { variedParameters } from '../../model/varied-parameters.js';
import { cutText } from '../../text/wrapped-text.js';
import { listTitle } from '../lists/list-title.js';
import { listTrials, trialColumns } from '../lists/trial-list.js';
import { TrialTable } from '../lists/trial-table.js';
import { Line, StyledText } from '../widgets/line.js';
import type { Navigation } from './navigation.js';

/** Rows above the list: a blank line, the title and a blank line; and one below it. */
export const LIST_FRAME = 4;

/** All trials that have started, or those of one setting: to look through, to sort, to filter and to open. */
export function TrialsPage(props: {
  readonly campaign: Campaign;
  readonly at: Navigation;
  readonly rows: number;
  readonly width: number;
}): ReactNode {
  const { campaign, at, rows, width } = props;
  const columns = trialColumns(campaign).map(({ name }) => name);
  const list = listTrials(campaign, at.trials, at.setting);
  const all = at.trials.filter === '' ? list : listTrials(campaign, { ...at.trials, filter: '' }, at.setting);
  const setting = at.setting && formatSetting(at.setting.parameters, variedParameters(campaign));
  const what = setting === null ? 'Trials' : `Trials of ${setting}`;
  const sorted = columns[at.trials.sort] ?? columns[0] ?? '';
  const title = listTitle(what, list.length, all.length, at.trials, sorted);
  return (
    <>
      <Line />
      <Line>
        {' '}
        <StyledText textStyle="strong">{cutText(title, width - 2)}</StyledText>
      </Line>
      <Line />
      {list.length === 0 ? (
        <Line>{all.length === 0 ? '   no trial has started yet' : '   no trial matches the filter'}</Line>
      ) : (
        <TrialTable
          list={list}
          columns={columns}
          sorted={sorted}
          selected={at.selected}
          rows={rows - LIST_FRAME}
          width={width - 1}
        />
      )}
    </>
  );
}
