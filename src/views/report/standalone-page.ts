import { type Html, html } from './html.js';
import { style } from './style.js';

/** A server sends a policy of its own. */
export const STANDALONE_POLICY = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'">`;

/**
 * The text of a page in one file that needs no network and runs no script. `kind` is what the style sheet calls pages
 * like it.
 */
export function standalonePage(title: string, body: Html, kind: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
${STANDALONE_POLICY}
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
${html`<title>${title} · fitfirst</title>`.text}
<style>${style}</style>
</head>
${
  html`<body class="${kind}">
${body}
</body>`.text
}
</html>
`;
}
