import type { CampaignView, ViewRequest } from '../campaign-views/campaign-view.js';
import { type Html, html } from '../report/html.js';
import { drawReport, reportStart } from '../report/report.js';

/** What is drawn of a page, as markup. */
export interface DrawnPage {
  /** The fields with which a person chooses what is drawn. */
  readonly choices: string;
  readonly main: string;
}

/** Draws a view of a campaign: the choices, and what the view shows. It stops after each step. */
export function* drawView(view: CampaignView, request: ViewRequest): Generator<undefined, DrawnPage> {
  const { campaign, folder, query } = request;
  // Several parts of a view look at all trials.
  using _ = campaign.trials.keepRead();
  const { choices, main } = view.render(request);
  const { name, filtered } = view;
  const form = html`<form class="choices" method="get" action="${name}">
<input type="hidden" name="folder" value="${folder}">
<div class="controls">${filtered !== null && filterField(filtered, query.get('q') ?? '')}${choices}\
<button>Show</button></div></form>\n`;
  yield;
  return { choices: form.text, main: yield* main.draw() };
}

/** What a page says of a campaign while its report is drawn. */
export function servedReportStart({ campaign, timing }: ViewRequest): Html {
  const { method, answer } = reportStart(campaign, { timing, machine: null });
  return html`${method}\n${answer}\n`;
}

/** Draws the report of a campaign. */
export function* drawServedReport(
  { campaign, timing }: ViewRequest,
  version: string,
): Generator<undefined, DrawnPage> {
  const run = { timing, machine: null };
  const { method, answer, contents, chapters } = yield* drawReport(campaign, { version, config: null, run });
  return { choices: '', main: html`${method}\n${answer}\n${contents}\n${chapters}`.text };
}

function filterField(table: string, filter: string): Html {
  const hint = table === 'trials' ? 'state=failed hidden>=8' : 'hidden>=8 stage=search';
  return html`<label class="filter">Filter <input type="search" name="q" value="${filter}" autocomplete="off" \
spellcheck="false" placeholder="${hint}"></label>\n`;
}
