import type { LayerHealth } from '../campaign/outcome.js';

/** Units whose correlation is above this are nearly the same. */
const ALIKE = 0.95;
/** How near to a limit a saturated activation is, as a share of the range. */
const NEAR = 0.01;
/** The share of rows on which a saturated unit is near a limit. */
const SATURATED_ROWS = 0.95;
/** Of wider layers, as many units are compared with each other, spread evenly. */
const MAX_COMPARED = 1024;

/** What the units of a layer do on some rows. `activations` is rows x units, row-major. */
export function layerHealth(
  activation: 'relu' | 'tanh' | 'sigmoid',
  activations: Float64Array,
  units: number,
): LayerHealth {
  const rows = activations.length / units;
  let dead = 0;
  let saturated = 0;
  const varying: Float64Array[] = [];
  for (let unit = 0; unit < units; unit++) {
    const column = Float64Array.from({ length: rows }, (_, row) => activations[row * units + unit] ?? 0);
    if (activation === 'relu' && column.every((value) => value === 0)) dead += 1;
    if (activation !== 'relu' && isSaturated(activation, column)) saturated += 1;
    const standard = standardized(column);
    if (standard !== null) varying.push(standard);
  }
  return { units, dead, saturated, ...likeness(someOf(varying)) };
}

function isSaturated(activation: 'tanh' | 'sigmoid', column: Float64Array): boolean {
  const near = activation === 'tanh' ? 2 * NEAR : NEAR;
  const low = activation === 'tanh' ? -1 : 0;
  let count = 0;
  for (const value of column) if (value < low + near || value > 1 - near) count += 1;
  return count >= SATURATED_ROWS * column.length;
}

/** The column with mean 0 and length 1; null if its values are all (nearly) the same. */
function standardized(column: Float64Array): Float64Array | null {
  let mean = 0;
  let largest = 0;
  for (const value of column) {
    mean += value / column.length;
    largest = Math.max(largest, Math.abs(value));
  }
  let squares = 0;
  for (const value of column) squares += (value - mean) * (value - mean);
  const length = Math.sqrt(squares);
  if (!(length > 1e-12 * largest * Math.sqrt(column.length))) return null;
  return column.map((value) => (value - mean) / length);
}

function likeness(columns: readonly Float64Array[]): Pick<LayerHealth, 'effectiveRank' | 'alikePairs'> {
  let squares = columns.length;
  let alike = 0;
  columns.forEach((a, first) => {
    for (const b of columns.slice(first + 1)) {
      let product = 0;
      for (let row = 0; row < a.length; row++) product += (a[row] as number) * (b[row] as number);
      squares += 2 * product * product;
      if (Math.abs(product) > ALIKE) alike += 1;
    }
  });
  const pairs = (columns.length * (columns.length - 1)) / 2;
  return {
    effectiveRank: columns.length === 0 ? 0 : (columns.length * columns.length) / squares,
    alikePairs: pairs === 0 ? null : alike / pairs,
  };
}

function someOf(columns: readonly Float64Array[]): readonly Float64Array[] {
  if (columns.length <= MAX_COMPARED) return columns;
  return Array.from(
    { length: MAX_COMPARED },
    (_, k) => columns[Math.floor((k * columns.length) / MAX_COMPARED)] as Float64Array,
  );
}
