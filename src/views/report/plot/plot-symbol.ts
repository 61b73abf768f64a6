import type { PlotRole, PlotShape } from './plot.js';

/** The page's variable for a role: it differs between light and dark. */
export function fill(role: PlotRole): string {
  return `var(--${role})`;
}

/** A mark of a scatter in the library's words; a ring is hollow. */
export function symbolOf(shape: PlotShape, role: PlotRole, size: number): object {
  const colour = fill(role);
  switch (shape) {
    case 'circle':
      return { symbol: 'circle', symbolSize: size, itemStyle: { color: colour, opacity: 0.85 } };
    case 'ring':
      return {
        symbol: 'circle',
        symbolSize: size,
        itemStyle: { color: 'transparent', borderColor: colour, borderWidth: 1.5 },
      };
    case 'diamond':
      return { symbol: 'diamond', symbolSize: size, itemStyle: { color: colour, opacity: 0.85 } };
    case 'star':
      return {
        symbol: star,
        symbolSize: size,
        itemStyle: { color: colour, borderColor: 'var(--paper)', borderWidth: 1 },
      };
    default:
      return shape satisfies never;
  }
}

/** A star of five points in a box of 100 by 95. */
const star = 'path://M50 0L62 36L100 36L69 58L81 95L50 73L19 95L31 58L0 36L38 36Z';
