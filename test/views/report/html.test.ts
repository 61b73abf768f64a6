import { describe, expect, it } from 'vitest';
import { drawnLater, type Html, html } from '../../../src/views/report/html.js';

describe('markup', () => {
  it('escapes what is not markup', () => {
    expect(html`<p title="${'"<&'}">${['<b>', html`<i>${1}</i>`]}${null}${false}</p>`.text).toBe(
      '<p title="&quot;&lt;&amp;">&lt;b&gt;<i>1</i></p>',
    );
  });

  it('draws slow parts when the text is needed, once, and stops after each step of them', () => {
    const drawn: string[] = [];
    const picture = (name: string, inner: Html | null = null): Html =>
      drawnLater(function* () {
        drawn.push(`${name} begins`);
        yield;
        drawn.push(`${name} ends`);
        return html`<svg>${name}${inner}</svg>`;
      });
    const page = html`<main>${[picture('one', picture('inner')), 'text']}${picture('two')}</main>`;
    expect(drawn).toEqual([]);

    const drawing = page.draw();
    const steps: number[] = [];
    let step = drawing.next();
    for (; step.done !== true; step = drawing.next()) steps.push(drawn.length);
    expect(step.value).toBe('<main><svg>one<svg>inner</svg></svg>text<svg>two</svg></main>');
    expect(steps).toEqual([1, 2, 3, 4, 5, 6]);
    expect(page.text).toBe(step.value);
    expect(drawn).toHaveLength(6);
  });
});
