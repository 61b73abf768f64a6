import { type Html, html } from '../report/html.js';
import { style } from '../report/style.js';
import { pageStyle } from './page-style.js';

/** A page that `fitfirst serve` shows. */
export interface ServedPage {
  readonly title: string;
  readonly body: Html;
  /** Where the page hears that something changed, from its own address; null if it stays as it is. */
  readonly events: string | null;
}

/** The text of a page. Its script comes from the same server; nothing comes from elsewhere. */
export function pageHtml(page: ServedPage): string {
  return `${pageStart(page)}${page.body.text}\n</body>\n</html>\n`;
}

/** The text of a page up to its body. */
export function pageStart({ title, events }: Omit<ServedPage, 'body'>): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
${html`<title>${title} · fitfirst</title>`.text}
<style>${style}${pageStyle}</style>
<script src="page.js" defer></script>
</head>
${html`<body${events !== null && html` data-events="${events}"`}>`.text}
`;
}
