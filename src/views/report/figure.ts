import { type Html, html } from './html.js';
import { drawPlot, type PlotSize } from './plot/draw-plot.js';
import type { Plot } from './plot/plot.js';

/**
 * Sizes in pixels: the whole of a wide screen, the text column of a wide page, and what fits a phone or half of that
 * column.
 */
const broad = { width: 1120, height: 420 };
const wide = { width: 720, height: 320 };
const narrow = { width: 348, height: 270 };

/** A picture with its finding above it, and what it shows in words below. */
interface Figure {
  /** The finding, as a sentence. */
  readonly title: string;
  /** What the marks mean. */
  readonly key?: Html;
  /** How many of how many settings are drawn, where it is a sample; empty otherwise. */
  readonly sample?: string;
  readonly table?: Html | null;
  /** Pixels, where it takes more than most. */
  readonly height?: number;
  /** Whether it is also drawn for the whole of a wide screen. */
  readonly isBroad?: boolean;
}

/** A figure over the whole column, drawn once for wide pages and print and once for narrow ones. */
export function figure(plot: Plot, { title, key, sample = '', table, height, isBroad }: Figure): Html {
  const at = (size: PlotSize): PlotSize => ({ ...size, height: height ?? size.height });
  return html`<figure>
<figcaption><h3>${title}</h3>${key}${sample !== '' && html`<p>${sample}</p>`}</figcaption>
${isBroad && html`<div class="broad">${drawPlot(plot, at(broad), title)}</div>\n`}\
<div class="wide">${drawPlot(plot, at(wide), title)}</div>
<div class="narrow">${drawPlot(plot, at(narrow), title)}</div>
${table}
</figure>`;
}

/** A figure over the whole column that `draw` draws, once for wide pages and print and once for narrow ones. */
export function drawnFigure(
  draw: (size: PlotSize, isNarrow: boolean) => Html,
  { title, key, sample = '', table }: Omit<Figure, 'height' | 'isBroad'>,
): Html {
  return html`<figure>
<figcaption><h3>${title}</h3>${key}${sample !== '' && html`<p>${sample}</p>`}</figcaption>
<div class="wide">${draw(wide, false)}</div>
<div class="narrow">${draw(narrow, true)}</div>
${table}
</figure>`;
}

/** Pictures side by side on wide pages, below each other on narrow ones, each with its own title. */
export function figures(
  plots: readonly { readonly plot: Plot; readonly title: string }[],
  { title, key, sample = '', table }: Figure,
): Html {
  const [only, second] = plots;
  if (only !== undefined && second === undefined) {
    return figure(only.plot, {
      title,
      key: html`${key}${only.title !== '' && html`<h4>${only.title}</h4>`}`,
      sample,
      table: table ?? null,
    });
  }
  return html`<figure>
<figcaption><h3>${title}</h3>${key}${sample !== '' && html`<p>${sample}</p>`}</figcaption>
<div class="pair">${plots.map(
    (one) => html`<div><h4>${one.title}</h4>${drawPlot(one.plot, narrow, `${title} ${one.title}`)}</div>
`,
  )}</div>
${table}
</figure>`;
}

/** What a mark means, one after the other. */
export function markKey(...marks: readonly (readonly [mark: string, role: string, meaning: string])[]): Html {
  return html`<p class="key">${marks.map(
    ([mark, role, meaning]) =>
      html`<span><span class="mark ${role}" aria-hidden="true">${mark}</span> ${meaning}</span> `,
  )}</p>`;
}
