import { type Html, html } from '../../report/html.js';
import type { ViewContent } from '../campaign-view.js';

/** A view of a campaign, or of a selection, that has nothing for it yet. */
export function emptyView(choices: Html | null, problems: readonly string[] = []): ViewContent {
  return {
    choices,
    main: html`${problemList(problems)}<p>There is nothing to show here: no selected trial has a score yet.</p>`,
  };
}

/** What of a filter cannot be used. */
export function problemList(problems: readonly string[]): Html | null {
  if (problems.length === 0) return null;
  return html`<ul class="problems">${problems.map((problem) => html`<li>${problem}</li>`)}</ul>`;
}
