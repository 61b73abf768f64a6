import { trialsSelection } from '../selection/trials-selection.js';
import type { CampaignView } from './campaign-view.js';
import { tableContent } from './parts/table-content.js';
import { viewAddress } from './parts/view-address.js';

/** The trials of a campaign as `trials.csv` has them, to sort, filter and open. */
export const trialsView: CampaignView = {
  name: 'trials',
  title: 'Trials',
  filtered: 'trials',
  render: (request) =>
    tableContent(request, {
      name: 'trials',
      noun: 'trial',
      table: trialsSelection(request.campaign),
      linkOf: ({ item }) => viewAddress('trial', request.folder, { number: item.number }),
    }),
};
