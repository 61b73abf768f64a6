/**
 * c[o, :] += sum over k of x(o, k) * b[k, :], in the order of k. `b` and `c` are row-major with `width` columns;
 * x(o, k) stands at `o * outerStride + k * innerStride`, so that the one loop serves a matrix and its
 * transpose. Zeros in x, of which dropout and relu make many, are skipped; the others are taken four at a
 * time, which halves the traffic with memory and changes no bit.
 */
export function addProduct(
  x: Float64Array,
  outer: number,
  outerStride: number,
  inner: number,
  innerStride: number,
  b: Float64Array,
  c: Float64Array,
  width: number,
): void {
  for (let o = 0; o < outer; o++) {
    const start = o * outerStride;
    const to = o * width;
    let k1 = nextActive(x, start, innerStride, 0, inner);
    while (k1 < inner) {
      const k2 = nextActive(x, start, innerStride, k1 + 1, inner);
      const k3 = nextActive(x, start, innerStride, k2 + 1, inner);
      const k4 = nextActive(x, start, innerStride, k3 + 1, inner);
      if (k4 >= inner) break;
      const x1 = x[start + k1 * innerStride] as number;
      const x2 = x[start + k2 * innerStride] as number;
      const x3 = x[start + k3 * innerStride] as number;
      const x4 = x[start + k4 * innerStride] as number;
      const b1 = k1 * width;
      const b2 = k2 * width;
      const b3 = k3 * width;
      const b4 = k4 * width;
      for (let j = 0; j < width; j++) {
        let sum = (c[to + j] as number) + x1 * (b[b1 + j] as number);
        sum += x2 * (b[b2 + j] as number);
        sum += x3 * (b[b3 + j] as number);
        sum += x4 * (b[b4 + j] as number);
        c[to + j] = sum;
      }
      k1 = nextActive(x, start, innerStride, k4 + 1, inner);
    }
    // At most three are left.
    while (k1 < inner) {
      const value = x[start + k1 * innerStride] as number;
      const from = k1 * width;
      for (let j = 0; j < width; j++) c[to + j] = (c[to + j] as number) + value * (b[from + j] as number);
      k1 = nextActive(x, start, innerStride, k1 + 1, inner);
    }
  }
}

/** The next k from `from` on where x is not 0; `end` or more where there is none. */
function nextActive(x: Float64Array, start: number, stride: number, from: number, end: number): number {
  let k = from;
  while (k < end && x[start + k * stride] === 0) k++;
  return k;
}
