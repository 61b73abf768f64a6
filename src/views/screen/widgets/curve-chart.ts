import { formatColumnNumber } from '../../../text/number.js';
import { fitText } from '../../text/wrapped-text.js';
import { block } from './sparkline.js';

const LABEL_WIDTH = 9;

/**
 * A curve over several rows, from its smallest to its largest finite value, which stand at the left. The columns are
 * for the whole budget, so that a curve grows to the right while its trial runs; where there are more epochs than
 * columns, each shows the last value of its stretch, or of what there is of it.
 */
export function curveChart(values: readonly number[], budget: number, width: number, rows: number): string[] {
  const epochs = Math.max(1, budget, values.length);
  const room = Math.max(1, width - LABEL_WIDTH);
  // Every epoch as wide as the others, where they have a column each.
  const cells = epochs <= room ? epochs * Math.floor(room / epochs) : room;
  const picked = Array.from({ length: cells }, (_, i) => {
    const begin = Math.floor((i * epochs) / cells);
    const end = Math.max(begin + 1, Math.floor(((i + 1) * epochs) / cells));
    return values.slice(begin, end).at(-1) ?? Number.NaN;
  });
  const finite = picked.filter(Number.isFinite);
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  return Array.from({ length: rows }, (_, row) => {
    const bottom = rows - 1 - row;
    const name = row === 0 ? formatColumnNumber(high) : row === rows - 1 ? formatColumnNumber(low) : '';
    const drawn = picked.map((value) => {
      const share = high === low ? 0 : (value - low) / (high - low);
      const filled = share * rows - bottom;
      // The lowest row always shows something, so that every epoch is seen.
      if (!Number.isFinite(value) || (filled <= 0 && bottom > 0)) return ' ';
      return block(Math.min(1, Math.max(0, filled)));
    });
    return `${fitText(name, LABEL_WIDTH - 2, 'right')}  ${drawn.join('')}`.trimEnd();
  });
}
