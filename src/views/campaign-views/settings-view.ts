import { formatCondition } from '../selection/parse-filter.js';
import { settingsSelection } from '../selection/settings-selection.js';
import type { CampaignView } from './campaign-view.js';
import { tableContent } from './parts/table-content.js';
import { viewAddress } from './parts/view-address.js';

/** The settings of a campaign with their means over the repeats, to sort and filter. Each leads to its curves. */
export const settingsView: CampaignView = {
  name: 'settings',
  title: 'Settings',
  filtered: 'settings',
  render: (request) =>
    tableContent(request, {
      name: 'settings',
      noun: 'setting',
      table: settingsSelection(request.campaign),
      linkOf: ({ item }) =>
        viewAddress('curves', request.folder, { q: formatCondition('setting', '=', String(item.number)) }),
    }),
};
