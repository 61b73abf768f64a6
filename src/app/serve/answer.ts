import { FitfirstError } from '../../campaign/fitfirst-error.js';
import { version } from '../../platform/version.js';
import type { FilteredTable, ViewRequest } from '../../views/campaign-views/campaign-view.js';
import { viewAddress } from '../../views/campaign-views/parts/view-address.js';
import type { CampaignNote } from '../../views/campaigns/campaign-note.js';
import { askedTrials } from '../../views/model/asked-trials.js';
import { campaignsPage } from '../../views/pages/campaigns-page.js';
import { messagePage } from '../../views/pages/message-page.js';
import { pageScript } from '../../views/pages/page-script.js';
import { pageStyle } from '../../views/pages/page-style.js';
import { html } from '../../views/report/html.js';
import { trialsCsv } from '../../views/tables/trials-table.js';
import { costOf } from './cost-of.js';
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
      return page(campaignsPage(folder, await campaigns.list(), Date.now()));
    case '/page.js':
      return { status: 200, type: 'text/javascript', text: pageScript };
    case '/compare':
      return compareAnswer(url.searchParams, campaigns);
    default:
      return campaignAnswer(url, campaigns);
  }
}

/** The tables that are handed out, by their names. */
const TABLES: ReadonlyMap<string, FilteredTable> = new Map([
  ['/trials.csv', 'trials'],
  ['/settings.csv', 'settings'],
]);

async function campaignAnswer({ pathname, searchParams }: URL, campaigns: LiveCampaigns): Promise<Answer> {
  // The charting library takes its time to load.
  const { campaignViews } = await import('../../views/campaign-views/views.js');
  const view = campaignViews.find(({ name }) => pathname === `/${name}`);
  const table = TABLES.get(pathname);
  const isKnown = view !== undefined || table !== undefined || ['/campaign', '/trial'].includes(pathname);
  if (!isKnown) return page(messagePage('Nothing here', 'There is no such page.'), 404);
  const name = searchParams.get('folder') ?? '';
  try {
    const read = await campaigns.read(name);
    if (read === null) return missing(name);
    const request = { folder: name, ...read, query: searchParams, costOf: costOf(read.campaign) };
    if (table !== undefined) return { status: 200, type: 'text/csv', text: await tableText(table, request) };
    if (view !== undefined) {
      const { viewPage } = await import('../../views/pages/view-page.js');
      return page(viewPage(view, request, await campaigns.note(name)));
    }
    return pathname === '/trial'
      ? trialAnswer(request)
      : page(await reportPage(request, await campaigns.note(name)));
  } catch (error) {
    if (error instanceof FitfirstError) return page(messagePage(name, error.message), 422);
    throw error;
  }
}

async function tableText(table: FilteredTable, { campaign, query }: ViewRequest): Promise<string> {
  const isWhole = [...query.keys()].every((key) => key === 'folder');
  if (table === 'trials' && isWhole) return trialsCsv(campaign);
  const { selectionCsv } = await import('../../views/campaign-views/selection-csv.js');
  return selectionCsv(table, campaign, query);
}

async function trialAnswer({ folder, campaign, timing, query }: ViewRequest): Promise<Answer> {
  const number = Number(query.get('number'));
  const trial = [...askedTrials(campaign)].find((one) => one.number === number);
  if (trial === undefined) return page(messagePage(folder, 'There is no trial with this number.'), 404);
  const { trialPage } = await import('../../views/pages/trial-page.js');
  return page(trialPage(folder, campaign, timing, trial));
}

async function reportPage({ folder, campaign, timing }: ViewRequest, note: CampaignNote): Promise<string> {
  const { noteForm } = await import('../../views/pages/note-form.js');
  const { reportHtml } = await import('../../views/report/report.js');
  const { campaignNavigation } = await import('../../views/pages/campaign-navigation.js');
  const served = {
    script: 'page.js',
    events: viewAddress('events', folder),
    navigation: html`${campaignNavigation({ folder, view: 'campaign' })}${noteForm(folder, note)}`,
    style: pageStyle,
  };
  return reportHtml(campaign, version, null, served, { timing, machine: null });
}

async function compareAnswer(query: URLSearchParams, campaigns: LiveCampaigns): Promise<Answer> {
  const wanted = [...new Set(query.getAll('folder'))];
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
      compared.push({ folder, ...read, costOf: costOf(read.campaign) });
    } catch (error) {
      if (error instanceof FitfirstError) return page(messagePage(folder, error.message), 422);
      throw error;
    }
  }
  const { comparePage } = await import('../../views/pages/compare-page.js');
  return page(comparePage(compared, query));
}

function missing(name: string): Answer {
  const message = 'There is no campaign in this folder. It may have been moved or deleted.';
  return page(messagePage(name === '' ? 'No campaign' : name, message), 404);
}

function page(text: string, status = 200): Answer {
  return { status, type: 'text/html', text };
}
