import { html } from '../report/html.js';
import { pageHtml } from './page.js';

/** A page that says why there is nothing else to show. */
export function messagePage(title: string, message: string): string {
  const body = html`<header><h1>${title}</h1></header>
<main>${message.split('\n').map((line) => html`<p>${line}</p>\n`)}<p><a href="./">All campaigns</a></p></main>`;
  return pageHtml({ title, body, events: null });
}
