/**
 * How alike units are: the mean absolute Pearson correlation between the activations of two units over the
 * rows, over all pairs of units. Units whose activation never changes have no correlation and are left out.
 * null where fewer than two units are left.
 *
 * @param activations rows x units, row-major; used up
 */
export function unitCorrelation(activations: Float64Array, rows: number, units: number): number | null {
  transpose(activations, rows, units);
  const alive: Float64Array[] = [];
  for (let unit = 0; unit < units; unit++) {
    const column = activations.subarray(unit * rows, (unit + 1) * rows);
    if (standardize(column)) alive.push(column);
  }
  if (alive.length < 2) return null;
  let sum = 0;
  alive.forEach((a, first) => {
    for (const b of alive.slice(first + 1)) {
      let product = 0;
      for (let row = 0; row < rows; row++) product += (a[row] as number) * (b[row] as number);
      sum += Math.min(1, Math.abs(product));
    }
  });
  return sum / ((alive.length * (alive.length - 1)) / 2);
}

/** Turns rows into columns where they are: a thousand units take as much memory as everything else here. */
function transpose(values: Float64Array, rows: number, columns: number): void {
  const last = values.length - 1;
  const isDone = new Uint8Array(values.length);
  for (let start = 1; start < last; start++) {
    let at = start;
    let carried = values[start] as number;
    while (isDone[at] === 0) {
      isDone[at] = 1;
      const to = (at % columns) * rows + Math.floor(at / columns);
      const displaced = values[to] as number;
      values[to] = carried;
      carried = displaced;
      at = to;
    }
  }
}

/** Makes a unit's activations have mean 0 and length 1; false where they are all (nearly) the same. */
function standardize(column: Float64Array): boolean {
  let mean = 0;
  for (const value of column) mean += value;
  mean /= column.length;
  let squares = 0;
  let largest = 0;
  for (const [row, value] of column.entries()) {
    largest = Math.max(largest, Math.abs(value));
    const away = value - mean;
    column[row] = away;
    squares += away * away;
  }
  const length = Math.sqrt(squares);
  if (!(length > 1e-12 * largest * Math.sqrt(column.length))) return false;
  for (const [row, away] of column.entries()) column[row] = away / length;
  return true;
}
