import { isUtf8 } from 'node:buffer';
import { formatCount } from '../../../text/number.js';
import { dataError, formatPlace } from '../../diagnostics.js';
import { bytesOf } from '../read-bytes.js';

const MAX_LINE_BYTES = 64 * 1024 * 1024;
const NEWLINE = 0x0a;

/**
 * The bytes of a text file, or of another source under the name `path`, in pieces that end at line ends. Throws
 * DATA_INVALID if it cannot be read or is not plain UTF-8 text, with the line and how to convert it.
 */
export async function* utf8Lines(
  path: string,
  bytes: AsyncIterable<Buffer> = bytesOf(path),
): AsyncGenerator<Buffer, void, void> {
  let line = 1;
  // A line may span many chunks; they are joined once, at its end.
  let carried: Buffer[] = [];
  let carriedBytes = 0;
  let isStart = true;
  for await (const chunk of bytes) {
    if (isStart) refuseOtherFormats(path, chunk);
    isStart = false;
    const end = chunk.lastIndexOf(NEWLINE) + 1;
    if (end > 0) {
      const piece = Buffer.concat([...carried, chunk.subarray(0, end)]);
      carried = [];
      carriedBytes = 0;
      checkText(path, piece, line);
      line += newlinesIn(piece);
      yield piece;
    }
    carried.push(chunk.subarray(end));
    carriedBytes += chunk.length - end;
    if (carriedBytes > MAX_LINE_BYTES) {
      throw dataError(
        `${formatPlace(path, line, 1)}  found a line of more than 64 MiB, expected one line a row. ` +
          'Check that this is a CSV file and that its lines end in a newline.',
      );
    }
  }
  if (carriedBytes > 0) {
    const piece = Buffer.concat(carried);
    checkText(path, piece, line);
    yield piece;
  }
}

function refuseOtherFormats(path: string, start: Buffer): void {
  const refuse = (found: string, remedy: string): never => {
    throw dataError(`${formatPlace(path, 1, 1)}  found ${found}, expected a CSV file in UTF-8. ${remedy}`);
  };
  const begins = (...bytes: number[]): boolean => bytes.every((byte, i) => start[i] === byte);
  const utf16 = 'Convert it: iconv -f UTF-16 -t UTF-8 old.csv > new.csv';
  if (begins(0xff, 0xfe) || begins(0xfe, 0xff)) refuse('UTF-16 text', utf16);
  if (begins(0x1f, 0x8b)) refuse('a gzip file within a gzip file', 'Unpack it once: gunzip -k file.csv.gz');
  if (begins(0x50, 0x4b, 0x03, 0x04)) {
    refuse('a zip file or a spreadsheet', 'Unpack it, or export the sheet as CSV.');
  }
  // UTF-16 without a byte order mark has a NUL as every other byte.
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
      `${formatPlace(path, firstLine + newlinesIn(piece.subarray(0, nul)), 1)}  found ` +
        `${formatCount(nulsIn(piece), 'NUL byte')}, expected text. ` +
        'The file is damaged or not a CSV file. Where only stray bytes are wrong: tr -d "\\000" < old.csv > new.csv',
    );
  }
  if (!isUtf8(piece)) {
    throw dataError(
      `${formatPlace(path, firstLine + linesBeforeBadText(piece), 1)}  found bytes that are ` +
        'not UTF-8, expected a CSV file in UTF-8. ' +
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

/** In UTF-8 a newline is never part of another character, so each line can be checked on its own. */
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
