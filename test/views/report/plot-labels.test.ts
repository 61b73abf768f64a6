import { expect, test } from 'vitest';
import { drawPlot } from '../../../src/views/report/plot/draw-plot.js';

/** The texts of a drawing with the middle of their lines, in pixels from the top. */
function textsOf(yName: string, label: string, width: number) {
  const drawing = drawPlot(
    {
      x: { kind: 'places', name: 'hidden', labels: ['32', '64'] },
      y: { kind: 'number', name: yName },
      layers: [
        { kind: 'band', along: 'x', role: 'chosen', from: -0.5, to: 0.5, label },
        { kind: 'dots', role: 'plain', shape: 'ring', size: 7, points: [{ x: 1, y: 2, tip: '' }] },
      ],
    },
    { width, height: 270 },
    'a plot',
  ).text;
  const texts = /<text [^>]*?(?: y="(-?[\d.]+)")? transform="translate\(([\d.]+) ([\d.]+)\)"[^>]*>([^<]*)</g;
  return [...drawing.matchAll(texts)].map(([, up = '0', left, down, text = '']) => ({
    text,
    left: Number(left),
    middle: Number(down) + Number(up),
  }));
}

const long = 'validation_loss_averaged_over_all_languages_and_speakers_of_the_last_hundred_recordings';

test.each([348, 720, 1120])(
  'the label of a band stands below the name of the axis, %i pixels wide, however long both are',
  (width) => {
    for (const name of ['val_loss', long]) {
      for (const label of ['grown', `grown to ${long}`]) {
        const texts = textsOf(name, label, width);
        const nameOf = texts.find(({ text }) => text.startsWith('val'));
        const labelOf = texts.find(({ text }) => text.startsWith('grown'));
        expect((labelOf?.middle ?? 0) - (nameOf?.middle ?? 0)).toBeGreaterThan(15);
      }
    }
  },
);

test('the name of an axis that is longer than the picture is cut', () => {
  const shown = textsOf(long, 'grown', 348).find(({ text }) => text.startsWith('validation'));
  expect(shown?.text).toMatch(/^validation_loss_averaged_.*…$/);
});
