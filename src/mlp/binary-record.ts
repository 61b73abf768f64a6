import type { Json } from '../campaign/canonical-json.js';

/**
 * A header and numbers in one piece of bytes, the same on every machine:
 *
 *     offset  what
 *     0       8 bytes of ASCII that name the kind of record
 *     8       length n of the header, unsigned 32 bits, little-endian
 *     12      the header: JSON in UTF-8, padded with spaces so that the numbers start at a multiple of 8
 *     12 + n  64-bit floating-point numbers, little-endian, up to the end
 */
interface BinaryRecord {
  readonly header: unknown;
  readonly numbers: Float64Array;
}

/** Writes a record; the kind is 8 ASCII characters. */
export function writeRecord(kind: string, header: Json, numbers: Float64Array): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const start = Math.ceil((12 + text.length) / 8) * 8;
  const bytes = new Uint8Array(start + numbers.length * 8);
  bytes.fill(32, 0, start);
  bytes.set(new TextEncoder().encode(kind), 0);
  bytes.set(text, 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(8, start - 12, true);
  numbers.forEach((value, k) => {
    view.setFloat64(start + k * 8, value, true);
  });
  return bytes;
}

/** Reads a record of the kind; null where the bytes are none, or are cut short. */
export function readRecord(kind: string, bytes: Uint8Array): BinaryRecord | null {
  if (bytes.length < 12 || new TextDecoder().decode(bytes.subarray(0, 8)) !== kind) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = 12 + view.getUint32(8, true);
  if (start > bytes.length || (bytes.length - start) % 8 !== 0) return null;
  const numbers = new Float64Array((bytes.length - start) / 8);
  for (let k = 0; k < numbers.length; k++) numbers[k] = view.getFloat64(start + k * 8, true);
  try {
    return { header: JSON.parse(new TextDecoder().decode(bytes.subarray(12, start))), numbers };
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
