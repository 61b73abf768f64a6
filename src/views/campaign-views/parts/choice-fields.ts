import { type Html, html } from '../../report/html.js';

/** An option of a field: its value in the address, and its name for people. */
export type ChoiceOption = readonly [value: string, label: string];

/** A field with which a person chooses one of several options. */
export function choiceField(
  label: string,
  name: string,
  options: readonly ChoiceOption[],
  chosen: string,
): Html {
  return html`<label>${label} <select name="${name}">${options.map(
    ([value, text]) => html`<option value="${value}"${value === chosen && html` selected`}>${text}</option>`,
  )}</select></label>\n`;
}

/** What the address chooses; the first option if it chooses none or an unknown one. */
export function chosenOption(query: URLSearchParams, name: string, options: readonly ChoiceOption[]): string {
  const wanted = query.get(name);
  const [first] = options;
  return options.find(([value]) => value === wanted)?.[0] ?? first?.[0] ?? '';
}
