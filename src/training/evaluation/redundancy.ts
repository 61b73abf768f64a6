/**
 * How alike units are: the mean absolute Pearson correlation between the activations of two units over the
 * rows, over all pairs of units. Units whose activation never changes have no correlation and are left out.
 * null where fewer than two units are left.
 *
 * @param activations rows x units, row-major; centred and scaled in place
 */
export function redundancy(activations: Float64Array, rows: number, units: number): number | null {
  const alive: number[] = [];
  for (let unit = 0; unit < units; unit++) {
    if (standardize(activations, rows, units, unit)) alive.push(unit);
  }
  if (alive.length < 2) return null;
  let sum = 0;
  const columns = alive.map((unit) =>
    Float64Array.from({ length: rows }, (_, row) => activations[row * units + unit] as number),
  );
  columns.forEach((a, first) => {
    for (const b of columns.slice(first + 1)) {
      let product = 0;
      for (let row = 0; row < rows; row++) product += (a[row] as number) * (b[row] as number);
      sum += Math.min(1, Math.abs(product));
    }
  });
  return sum / ((alive.length * (alive.length - 1)) / 2);
}

/** Makes a unit's activations have mean 0 and length 1; false where they are all (nearly) the same. */
function standardize(activations: Float64Array, rows: number, units: number, unit: number): boolean {
  let mean = 0;
  for (let row = 0; row < rows; row++) mean += activations[row * units + unit] as number;
  mean /= rows;
  let squares = 0;
  let largest = 0;
  for (let row = 0; row < rows; row++) {
    const place = row * units + unit;
    largest = Math.max(largest, Math.abs(activations[place] as number));
    const away = (activations[place] as number) - mean;
    activations[place] = away;
    squares += away * away;
  }
  const length = Math.sqrt(squares);
  if (!(length > 1e-12 * largest * Math.sqrt(rows))) return false;
  for (let row = 0; row < rows; row++) {
    const place = row * units + unit;
    activations[place] = (activations[place] as number) / length;
  }
  return true;
}
