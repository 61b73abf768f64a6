import type { Campaign } from '../../campaign/campaign.js';
import { selectionRequest, selectRows } from '../selection/select-rows.js';
import type { SelectionTable } from '../selection/selection-table.js';
import { settingsSelection } from '../selection/settings-selection.js';
import { trialsSelection } from '../selection/trials-selection.js';
import { csvText } from '../tables/csv-text.js';
import type { FilteredTable } from './campaign-view.js';

/** The rows that an address selects of a table, all pages of them, in its order and with its columns. */
export function selectionCsv(name: FilteredTable, campaign: Campaign, query: URLSearchParams): string {
  return name === 'trials'
    ? textOf(trialsSelection(campaign), query)
    : textOf(settingsSelection(campaign), query);
}

function textOf<Item>(table: SelectionTable<Item>, query: URLSearchParams): string {
  const { rows, shown } = selectRows(table, selectionRequest(query));
  const header = shown.map(({ column }) => column.name);
  return csvText([header, ...rows.map(({ cells }) => shown.map(({ place }) => cells[place] ?? null))]);
}
