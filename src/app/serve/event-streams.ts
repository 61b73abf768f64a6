import type { ServerResponse } from 'node:http';
import { progressText } from '../../views/pages/campaign-frame.js';
import { campaignRow } from '../../views/pages/campaigns-page.js';
import type { LiveCampaigns } from './live-campaigns.js';

/** A comment is sent this often, so that proxies do not close a quiet stream. */
const HEARTBEAT_MILLISECONDS = 15_000;
/** A page has one stream. */
const MAX_STREAMS = 64;

/**
 * Server-sent events: one for each change of a campaign, or of any campaign. The id of an event of a campaign is the
 * number of bytes of its journal that pages then show, with `-running` while a run is at work on it. A page has such an
 * id too, so a reader that begins or comes back hears at once whether it missed something. While a run is at work on
 * the campaign, the data of its events are what costs little and changes with each of them: the progress, or the row in
 * the list. A page shows them without asking for anything. Other events have no data.
 */
export class EventStreams {
  readonly #campaigns: LiveCampaigns;
  #open = 0;

  constructor(campaigns: LiveCampaigns) {
    this.#campaigns = campaigns;
  }

  /** Whether one more reader can be served. */
  get hasRoom(): boolean {
    return this.#open < MAX_STREAMS;
  }

  /** Serves a reader until it leaves. `seen` is the id of its page or of the last event that it has. */
  serve(response: ServerResponse, name: string | null, seen: string | null): void {
    this.#open += 1;
    const unwatch = this.#campaigns.watch(name);
    response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8' });
    const onChange = (changed: string): void => {
      if (name !== null && changed !== name) return;
      response.write(`id: ${this.#campaigns.version(name)}\n${this.#change(name, changed)}\n`);
    };
    const version = this.#campaigns.version(name);
    const missed = seen !== null && seen !== version ? this.#change(name, name) : '';
    response.write(`retry: 2000\nid: ${version}\n${missed}\n`);
    this.#campaigns.changes.on('change', onChange);
    const heartbeat = setInterval(() => response.write(':\n\n'), HEARTBEAT_MILLISECONDS);
    response.on('close', () => {
      clearInterval(heartbeat);
      this.#campaigns.changes.off('change', onChange);
      unwatch();
      this.#open -= 1;
    });
  }

  /** The lines of an event for a reader of one campaign or of all; `changed` is null if several may have changed. */
  #change(name: string | null, changed: string | null): string {
    const news = name !== null ? this.#progressOf(name) : changed !== null ? this.#rowOf(changed) : null;
    return `event: change\ndata:${news === null ? '' : ` ${JSON.stringify(news)}`}\n`;
  }

  #progressOf(name: string): { readonly progress: string; readonly isRunning: boolean } | null {
    const known = this.#campaigns.followed(name);
    if (known === null) return null;
    const { campaign, progress, isRunning } = known;
    return { progress: progressText(campaign, progress, isRunning), isRunning };
  }

  #rowOf(name: string): { readonly folder: string; readonly row: string } | null {
    const known = this.#campaigns.listed(name);
    if (known === null) return null;
    return { folder: name, row: campaignRow(known.overview, known.note, Date.now()).text };
  }
}
