import { FitfirstError } from '../../campaign/fitfirst-error.js';
import { version } from '../../platform/version.js';
import { askedTrials } from '../../views/model/asked-trials.js';
import { campaignsPage } from '../../views/pages/campaigns-page.js';
import { comparePage } from '../../views/pages/compare-page.js';
import { messagePage } from '../../views/pages/message-page.js';
import { pageScript } from '../../views/pages/page-script.js';
import { trialsPage } from '../../views/pages/trials-page.js';
import { trialsCsv } from '../../views/tables/trials-table.js';
import type { LiveCampaigns } from './live-campaigns.js';

/** What a request gets. */
export interface Answer {
  readonly status: number;
  readonly type: 'text/html' | 'text/javascript' | 'text/csv';
  readonly text: string;
}

/** Campaigns that are compared on a page. */
const COMPARED = { min: 2, max: 10 };

/** The answer to a request for a page. `folder` is what the person asked to serve. */
export async function answerTo(url: URL, campaigns: LiveCampaigns, folder: string): Promise<Answer> {
  switch (url.pathname) {
    case '/':
      return page(campaignsPage(folder, await campaigns.overviews(), Date.now()));
    case '/page.js':
      return { status: 200, type: 'text/javascript', text: pageScript };
    case '/campaign':
    case '/trials':
    case '/trials.csv':
    case '/trial':
      return campaignAnswer(url, campaigns);
    case '/compare':
      return compareAnswer(url.searchParams.getAll('folder'), campaigns);
    default:
      return page(messagePage('Nothing here', 'There is no such page.'), 404);
  }
}

async function campaignAnswer({ pathname, searchParams }: URL, campaigns: LiveCampaigns): Promise<Answer> {
  const name = searchParams.get('folder') ?? '';
  try {
    const read = await campaigns.read(name);
    if (read === null) return missing(name);
    const { campaign, timing } = read;
    switch (pathname) {
      case '/trials':
        return page(trialsPage(name, campaign));
      case '/trials.csv':
        return { status: 200, type: 'text/csv', text: trialsCsv(campaign) };
      case '/trial': {
        const number = Number(searchParams.get('number'));
        const trial = [...askedTrials(campaign)].find((one) => one.number === number);
        if (trial === undefined) return page(messagePage(name, 'There is no trial with this number.'), 404);
        // Loaded on demand, as below.
        const { trialPage } = await import('../../views/pages/trial-page.js');
        return page(trialPage(name, campaign, timing, trial));
      }
      default: {
        // The charting library takes its time to load.
        const { reportHtml } = await import('../../views/report/report.js');
        const folder = `folder=${encodeURIComponent(name)}`;
        return page(
          reportHtml(campaign, version, null, {
            script: 'page.js',
            events: `events?${folder}`,
            above: './',
            trials: `trials?${folder}`,
          }),
        );
      }
    }
  } catch (error) {
    if (error instanceof FitfirstError) return page(messagePage(name, error.message), 422);
    throw error;
  }
}

async function compareAnswer(names: readonly string[], campaigns: LiveCampaigns): Promise<Answer> {
  const wanted = [...new Set(names)];
  if (wanted.length < COMPARED.min || wanted.length > COMPARED.max) {
    const message = `Select ${COMPARED.min} to ${COMPARED.max} campaigns to compare; ${wanted.length} ${
      wanted.length === 1 ? 'is' : 'are'
    } selected.`;
    return page(messagePage('Comparison', message), 400);
  }
  const compared = [];
  for (const folder of wanted) {
    try {
      const read = await campaigns.read(folder);
      if (read === null) return missing(folder);
      compared.push({ folder, ...read });
    } catch (error) {
      if (error instanceof FitfirstError) return page(messagePage(folder, error.message), 422);
      throw error;
    }
  }
  return page(comparePage(compared));
}

function missing(name: string): Answer {
  const message = 'There is no campaign in this folder. It may have been moved or deleted.';
  return page(messagePage(name === '' ? 'No campaign' : name, message), 404);
}

function page(text: string, status = 200): Answer {
  return { status, type: 'text/html', text };
}
