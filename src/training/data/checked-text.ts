import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';
import { counted, dataError, placed, printable } from './wording.js';

const CHUNK_BYTES = 1024 * 1024;
const LONGEST_LINE = 64 * CHUNK_BYTES;
const NEWLINE = 0x0a;

/**
 * The bytes of a text file, or of another source under the name `path`, in pieces that end at line ends.
 * Throws DATA_INVALID where it cannot be read or is not plain UTF-8 text, and says which line is wrong and how
 * to convert it.
 */
export async function* checkedText(
  path: string,
  bytes: AsyncIterable<Buffer> = bytesOf(path),
): AsyncGenerator<Buffer, void, void> {
  let line = 1;
  let carried: Buffer = Buffer.alloc(0);
  for await (const chunk of bytes) {
    if (line === 1 && carried.length === 0) refuseOtherFormats(path, chunk);
    const end = chunk.lastIndexOf(NEWLINE) + 1;
    if (end === 0) {
      carried = Buffer.concat([carried, chunk]);
      if (carried.length > LONGEST_LINE) {
        throw dataError(
          `${placed(path, line, 1)}  found a line of more than 64 MiB, expected one line a row. ` +
            'Check that this is a CSV file and that its lines end in a newline.',
        );
      }
      continue;
    }
    const piece = Buffer.concat([carried, chunk.subarray(0, end)]);
    carried = Buffer.from(chunk.subarray(end));
    checkText(path, piece, line);
    line += newlinesIn(piece);
    yield piece;
  }
  if (carried.length > 0) {
    checkText(path, carried, line);
    yield carried;
  }
}

async function* bytesOf(path: string): AsyncGenerator<Buffer, void, void> {
  try {
    const file = await open(path);
    try {
      const stat = await file.stat();
      if (stat.isDirectory()) {
        throw dataError(
          `${printable(path)}  found a folder, expected a CSV file. Give the path of a file in it.`,
        );
      }
      if (!stat.isFile()) {
        throw dataError(
          `${printable(path)}  found a device or pipe, expected a regular file: a campaign reads its data again when it is resumed. Save it to a file first.`,
        );
      }
      yield* file.createReadStream({ highWaterMark: CHUNK_BYTES, autoClose: false });
    } finally {
      await file.close();
    }
  } catch (error) {
    throw explained(path, error);
  }
}

function explained(path: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return dataError(
        `${printable(path)}  no such file, expected a CSV file. Paths are relative to the config that names them.`,
        { cause: error },
      );
    case 'EACCES':
    case 'EPERM':
      return dataError(`${printable(path)}  may not be read. Allow reading it, for example with chmod u+r.`, {
        cause: error,
      });
    case 'EISDIR':
      return dataError(
        `${printable(path)}  found a folder, expected a CSV file. Give the path of a file in it.`,
        { cause: error },
      );
    default:
      if (error instanceof Error && 'syscall' in error) {
        return dataError(`${printable(path)}  cannot be read: ${printable(error.message)}`, { cause: error });
      }
      return error;
  }
}

function refuseOtherFormats(path: string, start: Buffer): void {
  const refuse = (found: string, remedy: string): never => {
    throw dataError(`${placed(path, 1, 1)}  found ${found}, expected a CSV file in UTF-8. ${remedy}`);
  };
  const begins = (...bytes: number[]): boolean => bytes.every((byte, i) => start[i] === byte);
  const utf16 = 'Convert it: iconv -f UTF-16 -t UTF-8 old.csv > new.csv';
  if (begins(0xff, 0xfe) || begins(0xfe, 0xff)) refuse('UTF-16 text', utf16);
  if (begins(0x1f, 0x8b)) refuse('a gzip file', 'Unpack it: gunzip -k file.csv.gz');
  if (begins(0x50, 0x4b, 0x03, 0x04)) {
    refuse('a zip file or a spreadsheet', 'Unpack it, or export the sheet as CSV.');
  }
  if (begins(0x50, 0x41, 0x52, 0x31)) refuse('a Parquet file', 'Export it as CSV.');
  // Without a byte order mark: plain text has a NUL as every other byte.
  if (start.length >= 4 && start[0] !== 0 && start[1] === 0 && start[2] !== 0 && start[3] === 0) {
    refuse('UTF-16 text', 'Convert it: iconv -f UTF-16LE -t UTF-8 old.csv > new.csv');
  }
  if (start.length >= 4 && start[0] === 0 && start[1] !== 0 && start[2] === 0 && start[3] !== 0) {
    refuse('UTF-16 text', 'Convert it: iconv -f UTF-16BE -t UTF-8 old.csv > new.csv');
  }
}

function checkText(path: string, piece: Buffer, firstLine: number): void {
  const nul = piece.indexOf(0);
  if (nul !== -1) {
    throw dataError(
      `${placed(path, firstLine + newlinesIn(piece.subarray(0, nul)), 1)}  found ${counted(nulsIn(piece), 'NUL byte')}, expected text. ` +
        'The file is damaged or not a CSV file. Where only stray bytes are wrong: tr -d "\\000" < old.csv > new.csv',
    );
  }
  if (!isUtf8(piece)) {
    throw dataError(
      `${placed(path, firstLine + linesBeforeBadText(piece), 1)}  found bytes that are not UTF-8, expected a CSV file in UTF-8. ` +
        'If it is Latin-1, convert it: iconv -f ISO-8859-1 -t UTF-8 old.csv > new.csv',
    );
  }
}

function newlinesIn(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, at + 1)) count++;
  return count;
}

function nulsIn(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(0); at !== -1; at = bytes.indexOf(0, at + 1)) count++;
  return count;
}

/** A newline is never part of another character in UTF-8, so each line can be checked for itself. */
function linesBeforeBadText(piece: Buffer): number {
  let lines = 0;
  let start = 0;
  for (let at = piece.indexOf(NEWLINE); at !== -1; at = piece.indexOf(NEWLINE, start)) {
    if (!isUtf8(piece.subarray(start, at))) return lines;
    lines++;
    start = at + 1;
  }
  return lines;
}
