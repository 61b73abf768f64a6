import { html } from '../report/html.js';
import { importanceSection } from '../report/sections/importance-section.js';
import type { CampaignView } from './campaign-view.js';

/** Which parameters mattered for the score, as the report says it. */
export const importanceView: CampaignView = {
  name: 'importance',
  title: 'Importance',
  filtered: null,
  render({ campaign }) {
    const missing =
      campaign.conclusion === null
        ? 'Which parameters mattered appears here when the campaign is concluded.'
        : 'This campaign has too few settings to say which parameters mattered.';
    return { choices: null, main: html`${importanceSection(campaign) ?? html`<p>${missing}</p>`}` };
  },
};
