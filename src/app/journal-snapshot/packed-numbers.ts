/** Numbers as the base64 of their 64 bits: shorter than their digits, and several times as fast to read. */
export function numbersToBase64(numbers: readonly number[]): string {
  return Buffer.from(Float64Array.from(numbers).buffer).toString('base64');
}

/** The numbers of `numbersToBase64`, on a machine with the same byte order. */
export function numbersFromBase64(text: string): number[] {
  const bytes = Buffer.from(text, 'base64');
  const { BYTES_PER_ELEMENT: size } = Float64Array;
  // The bytes of a buffer need not begin where an array of numbers may begin.
  const own = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length - (bytes.length % size));
  return Array.from(new Float64Array(own));
}
