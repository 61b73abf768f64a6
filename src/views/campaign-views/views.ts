import type { CampaignView } from './campaign-view.js';
import { curvesView } from './curves-view.js';
import { historyView } from './history-view.js';
import { importanceView } from './importance-view.js';
import { parallelView } from './parallel-view.js';
import { settingsView } from './settings-view.js';
import { slicesView } from './slices-view.js';
import { timelineView } from './timeline-view.js';
import { trialsView } from './trials-view.js';

/**
 * The views of a campaign, without its report, in the order of the navigation. To add one, add a file and a line here.
 */
export const campaignViews: readonly CampaignView[] = [
  historyView,
  parallelView,
  slicesView,
  importanceView,
  curvesView,
  timelineView,
  settingsView,
  trialsView,
];
