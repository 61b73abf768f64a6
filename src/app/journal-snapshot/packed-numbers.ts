/** Bytes as base64. */
export function bytesToBase64({ buffer, byteOffset, byteLength }: ArrayBufferView): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('base64');
}

/** The bytes of `bytesToBase64`. */
export function bytesFromBase64(text: string): ArrayBuffer {
  const { buffer, byteOffset, byteLength } = Buffer.from(text, 'base64');
  // The bytes of a buffer need not begin where an array of numbers may begin.
  return (buffer as ArrayBuffer).slice(byteOffset, byteOffset + byteLength);
}

/** Numbers as the base64 of their 64 bits: shorter than their digits, and several times as fast to read. */
export function numbersToBase64(numbers: ArrayLike<number>): string {
  return bytesToBase64(Float64Array.from(numbers));
}

/** The numbers of `numbersToBase64`, on a machine with the same byte order. */
export function numbersFromBase64(text: string): Float64Array {
  return new Float64Array(bytesFromBase64(text));
}
