import { memo, type ReactNode } from 'react';
import type { GrownSize, Growth } from '../growth.js';
import { columnNumber, printable, valueText } from '../wording.js';
import { cutText, fitText, textWidth } from '../wrapped-text.js';
import { block } from './sparkline.js';
import { Line, type Tone, Toned } from './tone.js';

/** Rows that the table needs, and rows that it can use. */
export const growthRows = { least: 4, most: 6 };

const columnWidth = 8;

/**
 * The growth, a column for each size: the training metric, whether it fits and on how many repeats, and, with more
 * rows, a bar and the validation metric of those that ran their full epochs.
 */
export const GrowthTable = memo(function GrowthTable(props: {
  readonly growth: Growth;
  readonly validation: string;
  readonly rows: number;
  readonly width: number;
}): ReactNode {
  const { growth, rows, width } = props;
  if (rows < growthRows.least) return null;
  const label = Math.min(16, Math.max(8, Math.floor(width / 4)));
  const room = Math.max(1, Math.floor((width - 3 - label) / columnWidth));
  const sizes = windowOf(growth.sizes, room);
  const cut = sizes.length < growth.sizes.length;
  const row = (name: string, cell: (size: GrownSize) => readonly [Tone, string]): ReactNode => (
    <Line>
      {'   '}
      <Toned tone="quiet">{fitText(printable(name), label)}</Toned>
      {sizes.map((size) => {
        const [tone, text] = cell(size);
        return (
          <Toned key={valueText(size.size)} tone={tone}>
            {fitText(text, columnWidth - 1, 'right')}{' '}
          </Toned>
        );
      })}
    </Line>
  );
  const title = `Growing ${printable(growth.parameter)}, dropout off, until it fits the training rows`;
  const shown = cut ? `, ${sizes.length} of ${growth.sizes.length} sizes` : '';
  const titles = [title + shown, title, `Growing ${printable(growth.parameter)} until it fits${shown}`];
  return (
    <>
      <Line>
        {' '}
        <Toned tone="strong">
          {cutText(titles.find((one) => textWidth(one) <= width - 2) ?? title, width - 2)}
        </Toned>
      </Line>
      {row(growth.parameter, ({ size, state }) => [
        state === 'to-come' ? 'quiet' : 'strong',
        valueText(size),
      ])}
      {row(growth.metric ?? 'training', ({ training }) => ['plain', numberOrDot(training)])}
      {rows > 5 && row('', ({ training }) => ['accent', barOf(training, growth)])}
      {row('fits', fitCell)}
      {rows > 4 && row(props.validation, ({ validation }) => ['plain', numberOrDot(validation)])}
    </>
  );
});

/** So many sizes around those that were looked at last. */
function windowOf(sizes: readonly GrownSize[], room: number): readonly GrownSize[] {
  const last = sizes.findLastIndex(({ state }) => state !== 'to-come');
  const end = Math.min(sizes.length, Math.max(room, last + 2));
  return sizes.slice(Math.max(0, end - room), end);
}

function numberOrDot(value: number | null): string {
  return value === null ? '·' : columnNumber(value);
}

function fitCell({ state, fit, ran }: GrownSize): readonly [Tone, string] {
  switch (state) {
    case 'fits':
      return ['good', `✔ ${fit}/${ran}`];
    case 'does-not-fit':
      return ['bad', `✗ ${fit}/${ran}`];
    case 'trying':
      return ['strong', `◐ ${fit}/${ran}`];
    case 'grown-on':
      return ['quiet', 'larger'];
    case 'to-come':
      return ['quiet', '·'];
    default:
      return state satisfies never;
  }
}

function barOf(training: number | null, { sizes }: Growth): string {
  const values = sizes.flatMap((size) => size.training ?? []);
  const [low, high] = [Math.min(0, ...values), Math.max(...values)];
  return training === null ? '' : block((training - low) / (high - low)).repeat(4);
}
