import { parseMeasure } from './measure.js';

const KIBI = 1024;
const BYTES = { KiB: KIBI, MiB: KIBI ** 2, GiB: KIBI ** 3, KB: 1000, MB: 1000 ** 2, GB: 1000 ** 3 };

/** Bytes of an amount of memory such as `500MB` or `2GiB`; null if the text is not a positive amount. */
export function parseBytes(text: string): number | null {
  return parseMeasure(text, BYTES);
}

/** Bytes in the unit that fits, rounded up, for estimates: `0.3 MB`, `42 MB`, `1.5 GB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1e6) return `${Math.ceil(bytes / 1e5) / 10} MB`;
  return bytes < 1e9 ? `${Math.ceil(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
