import { memo, type ReactNode } from 'react';
import { formatValue } from '../../../campaign/format-setting.js';
import { formatColumnNumber } from '../../../text/number.js';
import { escapeControls } from '../../../text/quote.js';
import type { GrownSize, GrowthCurve } from '../../model/growth.js';
import { textWidth } from '../../text/text-width.js';
import { fitText } from '../../text/wrapped-text.js';
import { roundUp, type Scale } from './interval-bar.js';
import { Line, StyledText } from './line.js';
import { block } from './sparkline.js';
import type { TextStyle } from './text-style.js';

/** Rows that the chart needs, and rows that it can use. */
export const growthRows = { min: 3, max: 12 };

/** Sizes, metric, fits and validation; what there is beyond is for depth and epochs, where they grow, and for bars. */
const TEXT_ROWS = 4;

/**
 * Columns of a size, the space before it included: `larger` needs the least, and bars become no broader than the most.
 */
const columnWidths = { min: 7, max: 12 };

/** What the chart shows, as long as there is room. */
export function growthTitle({ parameter, depth, sizes, ended }: GrowthCurve, width: number): string {
  const name = escapeControls(depth === null ? parameter : `${parameter} and ${depth}`);
  const shown = Math.min(sizes.length, layoutOf(width, sizes.length).room);
  const some = shown < sizes.length ? `, ${shown} of ${sizes.length} sizes` : '';
  const [first, second, shortest = ''] = [
    `Growing ${name}, dropout off, until it fits the training rows${some}`,
    `Growing ${name}, dropout off, until it fits${some}`,
    `Growing ${name} until it fits${some}`,
  ];
  // Once growth has ended, why it did says more.
  return (
    [ended.at(-1), first, second].find((title) => title !== undefined && textWidth(title) <= width) ??
    shortest
  );
}

/**
 * The growth, a column for each size: the training metric as a bar and as a number, whether it fits and on how many
 * repeats, and the validation metric of those that ran their full epochs, the best of them marked.
 */
export const GrowthChart = memo(function GrowthChart(props: {
  readonly growth: GrowthCurve;
  readonly validation: string;
  /** Of these sizes one is the best on validation; null before there is one. */
  readonly goal: 'minimize' | 'maximize';
  readonly rows: number;
  readonly width: number;
}): ReactNode {
  const { growth, rows, width } = props;
  if (rows < growthRows.min) return null;
  const { label, room, column } = layoutOf(width, growth.sizes.length);
  const sizes = windowOf(growth.sizes, room);
  const best = bestValidation(growth, props.goal);
  const row = (
    key: string,
    name: string,
    cell: (size: GrownSize) => readonly [TextStyle, string],
  ): ReactNode => (
    <Line key={key}>
      <StyledText textStyle="quiet">{fitText(escapeControls(name), label)}</StyledText>
      {sizes.map((size) => {
        const [textStyle, text] = cell(size);
        return (
          <StyledText key={`${formatValue(size.size)} ${size.depth}`} textStyle={textStyle}>
            {fitText(text, column, 'right')}
          </StyledText>
        );
      })}
    </Line>
  );
  const textRows = TEXT_ROWS + (growth.depth === null ? 0 : 1) + (growth.goesOn ? 1 : 0);
  const bars = Math.max(0, rows - textRows);
  const scale = scaleOfBars(growth);
  return (
    <>
      {Array.from({ length: bars }, (_, i) =>
        row(`bar ${i}`, scaleName(scale, i, bars), (size) => [
          barTone(size),
          barOf(size.training, scale, bars, bars - 1 - i, Math.floor(column / 2)),
        ]),
      )}
      {row('sizes', growth.parameter, ({ size, state }) => [
        state === 'to-come' ? 'quiet' : 'strong',
        formatValue(size),
      ])}
      {growth.depth !== null &&
        rows >= textRows &&
        row('depth', growth.depth, ({ depth }) => ['plain', depth === null ? '·' : String(depth)])}
      {growth.goesOn &&
        rows >= textRows &&
        row('epochs', 'epochs up to', ({ epochs }) => ['plain', epochs === null ? '·' : String(epochs)])}
      {row('training', growth.metric ?? 'training', ({ training }) => ['plain', numberOrDot(training)])}
      {row('fits', label >= 'repeats fit'.length ? 'repeats fit' : 'fits', fitCell)}
      {rows >= TEXT_ROWS &&
        row('validation', props.validation, ({ validation }) => [
          validation !== null && validation === best ? 'good' : 'plain',
          numberOrDot(validation),
        ])}
    </>
  );
});

/** Columns of the names at the left, of each size, and how many sizes there is room for. */
function layoutOf(
  width: number,
  sizes: number,
): { readonly label: number; readonly column: number; readonly room: number } {
  const label = Math.min(16, Math.max(8, Math.floor(width / 4)));
  const left = width - label;
  const column = Math.min(
    columnWidths.max,
    Math.max(columnWidths.min, Math.floor(left / Math.max(1, sizes))),
  );
  return { label, column, room: Math.max(1, Math.floor(left / column)) };
}

/** This number of sizes, around those that were tried last. */
function windowOf(sizes: readonly GrownSize[], room: number): readonly GrownSize[] {
  const last = sizes.findLastIndex(({ state }) => state !== 'to-come');
  const end = Math.min(sizes.length, Math.max(room, last + 2));
  return sizes.slice(Math.max(0, end - room), end);
}

function bestValidation({ sizes }: GrowthCurve, goal: 'minimize' | 'maximize'): number | null {
  const values = sizes.flatMap(({ validation }) => validation ?? []);
  if (values.length < 2) return null;
  return goal === 'minimize' ? Math.min(...values) : Math.max(...values);
}

function numberOrDot(value: number | null): string {
  return value === null ? '·' : formatColumnNumber(value);
}

function fitCell({ state, fit, ran }: GrownSize): readonly [TextStyle, string] {
  switch (state) {
    case 'fits':
      return ['good', `✔ ${fit}/${ran}`];
    case 'does-not-fit':
      return ['bad', `✗ ${fit}/${ran}`];
    case 'trying':
      return ['strong', ran === 0 ? '◐' : `◐ ${fit}/${ran}`];
    case 'grown-on':
      return ['quiet', 'larger'];
    case 'to-come':
      return ['quiet', '·'];
    default:
      return state satisfies never;
  }
}

function barTone({ state }: GrownSize): TextStyle {
  return state === 'fits' ? 'good' : 'accent';
}

/**
 * From where to where the bars go: from 0, so that lengths compare and do not change when another size is tried, to 1
 * for shares and otherwise to the next round number. Only for values below 0 the bars begin at a round number there.
 */
function scaleOfBars({ sizes }: GrowthCurve): Scale {
  const values = sizes.flatMap(({ training }) => training ?? []).filter(Number.isFinite);
  const [min, max] = [Math.min(0, ...values), Math.max(0, ...values)];
  if (min === 0 && max > 0.5 && max <= 1) return { low: 0, high: 1 };
  return { low: -roundUp(-min), high: values.length === 0 ? Number.NaN : roundUp(max) };
}

/** The ends of the scale stand next to the first and the last of several rows of bars. */
function scaleName({ low, high }: Scale, row: number, rows: number): string {
  if (!Number.isFinite(high) || rows < 2) return '';
  return row === 0 ? formatColumnNumber(high) : row === rows - 1 ? formatColumnNumber(low) : '';
}

/** The part of a bar that lies in one of its rows, counted from below. Every bar shows something in the lowest. */
function barOf(
  training: number | null,
  { low, high }: Scale,
  rows: number,
  row: number,
  width: number,
): string {
  if (training === null) return '';
  const filled = high === low ? 1 : ((training - low) / (high - low)) * rows - row;
  return filled <= 0 && row > 0 ? '' : block(Math.min(1, Math.max(0, filled))).repeat(width);
}
