import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { z } from 'zod';
import { formatBytes } from '../text/bytes.js';
import { parseJson } from './parse-json.js';

const HEAD_LENGTH_BYTES = 4;
const EXECUTABLE = 0o100;

const headSchema = z.strictObject({
  files: z.array(
    z.strictObject({
      /** Relative, with slashes, and never upwards. */
      path: z.string().regex(/^(?!\.{1,2}(\/|$))[^/\0\\]+(\/(?!\.{1,2}(\/|$))[^/\0\\]+)*$/),
      bytes: z.int().nonnegative(),
      isExecutable: z.boolean(),
    }),
  ),
});

/**
 * Packs the files of a directory into bytes: a list of them, then their contents. Empty directories are left out.
 * Throws RangeError with a phrase if they have more than a number of bytes, or if something else than files is there.
 */
export async function packDirectory(directory: string, maxBytes: number): Promise<Uint8Array> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const other = entries.find((entry) => !entry.isFile() && !entry.isDirectory());
  if (other !== undefined)
    throw new RangeError(`it holds ${JSON.stringify(other.name)}, which is not a file`);
  const paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  const files: z.output<typeof headSchema>['files'] = [];
  let total = 0;
  for (const path of paths.sort()) {
    const { size, mode } = await stat(path);
    total += size;
    const name = relative(directory, path).split(sep).join('/');
    files.push({ path: name, bytes: size, isExecutable: (mode & EXECUTABLE) !== 0 });
  }
  const head = Buffer.from(JSON.stringify({ files }));
  total += HEAD_LENGTH_BYTES + head.length;
  if (total > maxBytes)
    throw new RangeError(`it has ${formatBytes(total)}, and at most ${formatBytes(maxBytes)} can be sent`);
  const length = Buffer.alloc(HEAD_LENGTH_BYTES);
  length.writeUInt32LE(head.length);
  const contents = await Promise.all(paths.map((path) => readFile(path)));
  const packed = Buffer.concat([length, head, ...contents]);
  if (packed.length !== total) throw new RangeError('its files changed while they were read');
  return new Uint8Array(packed);
}

/** Writes packed files into a directory that is empty. Throws TypeError with a phrase if these are not such bytes. */
export async function unpackDirectory(packed: Uint8Array, directory: string): Promise<void> {
  const bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
  if (bytes.length < HEAD_LENGTH_BYTES) throw new TypeError('it is too short');
  let start = HEAD_LENGTH_BYTES + bytes.readUInt32LE();
  const { files } = parseJson(headSchema, bytes.toString('utf8', HEAD_LENGTH_BYTES, start));
  const total = files.reduce((sum, file) => sum + file.bytes, start);
  if (total !== bytes.length) throw new TypeError('its length is not that of its files');
  for (const { path, bytes: size, isExecutable } of files) {
    const target = join(directory, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, bytes.subarray(start, start + size), { mode: isExecutable ? 0o777 : 0o666 });
    start += size;
  }
}
