import { open } from 'node:fs/promises';

/** A file that the Parquet library can read parts of. */
export async function parquetFile(path: string) {
  const file = await open(path);
  const { size } = await file.stat();
  return {
    byteLength: size,
    async slice(start: number, end: number = size): Promise<ArrayBuffer> {
      const length = Math.max(0, Math.min(end, size) - start);
      const bytes = new Uint8Array(length);
      await file.read(bytes, 0, length, start);
      return bytes.buffer;
    },
    [Symbol.asyncDispose]: () => file.close(),
  };
}
