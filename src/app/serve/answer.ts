import { FitfirstError } from '../../campaign/fitfirst-error.js';
import type { FilteredTable, ViewRequest } from '../../views/campaign-views/campaign-view.js';
import { askedTrials } from '../../views/model/asked-trials.js';
import { campaignsPage } from '../../views/pages/campaigns-page.js';
import { messagePage } from '../../views/pages/message-page.js';
import { pageScript } from '../../views/pages/page-script.js';
import { trialsCsv } from '../../views/tables/trials-table.js';
import { costOf } from './cost-of.js';
import type { Drawings } from './drawings.js';
import type { LiveCampaigns } from './live-campaigns.js';

/** What a request gets. */
export interface Answer {
  readonly status: number;
  readonly type: 'text/html' | 'text/javascript' | 'text/csv';
  /** Its text, whole or in parts, of which the first is there at once. */
  readonly text: string | AsyncIterable<string>;
  /** Milliseconds that it took to make the page from what was read; left out if that is not known. */
  readonly took?: number;
}

/** What is served. */
export interface ServedFolder {
  readonly campaigns: LiveCampaigns;
  readonly drawings: Drawings;
  /** What the person asked to serve. */
  readonly folder: string;
}

/** Campaigns that are compared on a page. */
const COMPARED = { min: 2, max: 10 };

/** The answer to a request for a page. `shown` is the id of the drawing that the page has already, if it has one. */
export async function answerTo(url: URL, served: ServedFolder, shown?: string): Promise<Answer> {
  const { campaigns, folder } = served;
  switch (url.pathname) {
    case '/':
      return timedPage(await campaigns.list(), (list) => campaignsPage(folder, list, Date.now()));
    case '/page.js':
      return { status: 200, type: 'text/javascript', text: pageScript };
    case '/compare':
      return compareAnswer(url.searchParams, campaigns);
    default:
      return campaignAnswer(url, served, shown);
  }
}

/** The tables that are handed out, by their names. */
const TABLES: ReadonlyMap<string, FilteredTable> = new Map([
  ['/trials.csv', 'trials'],
  ['/settings.csv', 'settings'],
]);

async function campaignAnswer(
  { pathname, searchParams }: URL,
  { campaigns, drawings }: ServedFolder,
  shown: string | undefined,
): Promise<Answer> {
  // The charting library takes its time to load.
  const { campaignViews } = await import('../../views/campaign-views/views.js');
  const view = campaignViews.find(({ name }) => pathname === `/${name}`);
  const table = TABLES.get(pathname);
  const isKnown = view !== undefined || table !== undefined || ['/campaign', '/trial'].includes(pathname);
  if (!isKnown) return page(messagePage('Nothing here', 'There is no such page.'), 404);
  const folder = searchParams.get('folder') ?? '';
  try {
    if (view !== undefined || pathname === '/campaign') {
      const { campaignPage } = await import('./campaign-page.js');
      const parts = await campaignPage({ campaigns, drawings, folder, view, query: searchParams, shown });
      return parts === null ? missing(folder) : { status: 200, type: 'text/html', text: parts };
    }
    const read = await campaigns.read(folder);
    if (read === null) return missing(folder);
    const request = { folder, ...read, query: searchParams, costOf: costOf(read.campaign) };
    if (table === undefined) return trialAnswer(request, read.version);
    return { status: 200, type: 'text/csv', text: await tableText(table, request) };
  } catch (error) {
    if (error instanceof FitfirstError) return page(messagePage(folder, error.message), 422);
    throw error;
  }
}

async function tableText(table: FilteredTable, { campaign, query }: ViewRequest): Promise<string> {
  const isWhole = [...query.keys()].every((key) => key === 'folder');
  if (table === 'trials' && isWhole) return trialsCsv(campaign);
  const { selectionCsv } = await import('../../views/campaign-views/selection-csv.js');
  return selectionCsv(table, campaign, query);
}

async function trialAnswer(
  { folder, campaign, timing, query }: ViewRequest,
  version: string,
): Promise<Answer> {
  const number = Number(query.get('number'));
  const trial = [...askedTrials(campaign)].find((one) => one.number === number);
  if (trial === undefined) return page(messagePage(folder, 'There is no trial with this number.'), 404);
  const { trialPage } = await import('../../views/pages/trial-page.js');
  return page(trialPage({ folder, campaign, timing, trial, version }));
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
  return timedPage(compared, (all) => comparePage(all, query));
}

function missing(name: string): Answer {
  const message = 'There is no campaign in this folder. It may have been moved or deleted.';
  return page(messagePage(name === '' ? 'No campaign' : name, message), 404);
}

function timedPage<Source>(source: Source, make: (source: Source) => string): Answer {
  const started = performance.now();
  const made = page(make(source));
  return { ...made, took: performance.now() - started };
}

function page(text: string, status = 200): Answer {
  return { status, type: 'text/html', text };
}
