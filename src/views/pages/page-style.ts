/** What the served pages add to the style sheet of the report. */
export const pageStyle = `
body:has(.campaigns) { max-width: 1400px; }
.controls { display: flex; flex-wrap: wrap; gap: .75rem; align-items: center; margin: 1rem 0; }
.controls input[type=search] { font: inherit; padding: .35rem .6rem; min-width: 16rem; max-width: 100%; \
border: 1px solid var(--line); border-radius: 6px; background: var(--paper); color: var(--ink); }
button { font: inherit; padding: .35rem .8rem; border: 1px solid var(--line); border-radius: 6px; \
background: var(--panel); color: var(--ink); cursor: pointer; }
th button { border: 0; padding: 0; text-align: left; background: none; color: inherit; font-weight: 600; }
th button:hover { color: var(--chosen); }
[aria-sort=ascending] button::after { content: " ▲"; } [aria-sort=descending] button::after { content: " ▼"; }
.campaigns { width: 100%; } .campaigns .scroll, .scroll.tall { max-height: none; }
.state-running { color: var(--good); font-weight: 600; } .state-unreadable { color: var(--bad); }
#live { color: var(--muted); font-size: .85rem; }
`;
