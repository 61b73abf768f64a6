import type { Campaign } from '../../campaign/campaign.js';
import { type Asked, askedTrials } from '../model/asked-trials.js';
import { trialRows } from '../tables/trials-table.js';
import { columnsOf, type SelectionTable } from './selection-table.js';

const known = new WeakMap<Campaign, SelectionTable<Asked>>();

/** The trials of a campaign that its method asked for, with the columns of `trials.csv`. */
export function trialsSelection(campaign: Campaign): SelectionTable<Asked> {
  const cached = known.get(campaign);
  if (cached !== undefined) return cached;
  const [header = [], ...cells] = trialRows(campaign);
  const trials = [...askedTrials(campaign)];
  const table = {
    columns: columnsOf(header.map(String), cells),
    rows: trials.flatMap((item, i) => {
      const row = cells[i];
      return row === undefined ? [] : [{ cells: row, item }];
    }),
  };
  known.set(campaign, table);
  return table;
}
