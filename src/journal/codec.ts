import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { errorMessage } from '../text/error-message.js';
import { parseLine } from './forms/report-lines.js';
import type { Entry, JournalHeader, JournalIdentity, ParseEvent } from './journal.js';
import { jsonForm } from './json-form.js';

/**
 * The format of a journal that this version begins. It reads this format and all earlier ones. Format 1 is that of
 * version 0.1.0, whose first event has no plan; such a journal keeps its format when it goes on.
 */
export const JOURNAL_FORMAT = 2;

/** The result of decoding a line. `found` completes a sentence that starts with "this line". */
export type Decoded<Value> =
  | { readonly kind: 'sound'; readonly value: Value }
  | { readonly kind: 'damaged'; readonly found: string }
  | { readonly kind: 'newer'; readonly format: number; readonly engine: string };

// A line is a JSON object whose last member is the CRC-32 (as in zlib) of all bytes before `,"crc":`, in eight
// hexadecimal digits. Every future format keeps this for the header, and the members of the header, so that an older
// version can tell a newer journal from a damaged one. Since format 2 the CRC-32 of an entry goes on from that of the
// line before it. So it covers the header and all lines up to its own, and a line of another journal does not fit.
const CHECKSUM_START = ',"crc":"';
const CHECKSUM_END = '"}';
const CHECKSUM_DIGITS = 8;
const CHECKSUM_LENGTH = CHECKSUM_START.length + CHECKSUM_DIGITS + CHECKSUM_END.length;

const headerSchema = z.object({
  format: z.int().positive(),
  engine: z.string(),
  config: z.string(),
  data: z.string().nullable(),
});

/** The first line of a new journal, with its newline. */
export function encodeHeader(identity: JournalIdentity): Buffer {
  const { engine, config, data } = identity;
  return checksummed(JSON.stringify({ format: JOURNAL_FORMAT, engine, config, data }), CHAIN_START);
}

/** The line of an entry, with its newline. `chain` is that of the line before. */
export function encodeEntry<Event>(entry: Entry<Event>, chain: Chain): Buffer {
  const { seq, at, event } = entry;
  return checksummed(JSON.stringify({ seq, at, event }), chain);
}

/**
 * What the checksum of the next line goes on from: the checksum of a line. null in journals of format 1, whose lines
 * do not depend on each other.
 */
export type Chain = number | null;

/** The chain before a header, and wherever a line stands alone. */
export const CHAIN_START: Chain = null;

/** The chain after a sound header, given without its newline. */
export function chainAfterHeader(line: Buffer, { format }: JournalHeader): Chain {
  return format < 2 ? null : checksumIn(line);
}

/** The chain after a sound entry, given without its newline. */
export function chainAfter(line: Buffer, before: Chain): Chain {
  return before === null ? null : checksumIn(line);
}

/**
 * The line of an entry, and the entry as a reader of that line gets it, so that the journal returns the same event
 * when it is written and when it is read. Throws TypeError for an event that JSON cannot hold.
 */
export function encodeReadable<Event>(
  entry: Entry<Event>,
  chain: Chain,
): {
  readonly line: Buffer;
  readonly entry: Entry<Event>;
} {
  try {
    const readable = { ...entry, event: jsonForm(entry.event) };
    return { line: encodeEntry(readable, chain), entry: readable };
  } catch (error) {
    throw new TypeError(
      `Entry ${entry.seq} could not be read back from the journal: ${errorMessage(error)}.`,
      { cause: error },
    );
  }
}

/** Reads a first line, given without its newline. */
export function decodeHeader(line: Buffer): Decoded<JournalHeader> {
  const fault = checksumFault(line, CHAIN_START);
  if (fault !== null) return { kind: 'damaged', found: fault };
  const header = headerSchema.safeParse(parseJson(line));
  if (!header.success) return { kind: 'damaged', found: 'is not the first line of a journal' };
  const { format, engine } = header.data;
  return format > JOURNAL_FORMAT ? { kind: 'newer', format, engine } : { kind: 'sound', value: header.data };
}

/** Reads the line of the entry number `seq`, given without its newline. `chain` is that of the line before. */
export function decodeEntry<Event>(
  line: Buffer,
  seq: number,
  chain: Chain,
  parseEvent: ParseEvent<Event>,
): Decoded<Entry<Event>> {
  const fault = entryFault(line, seq, chain);
  if (fault !== null) return { kind: 'damaged', found: fault };
  const envelope = parseJson(line);
  if (!isEnvelope(envelope)) return { kind: 'damaged', found: 'is not an entry of a journal' };
  try {
    return { kind: 'sound', value: { seq, at: envelope.at, event: parseEvent(envelope.event) } };
  } catch (error) {
    return {
      kind: 'damaged',
      found: `holds an event that this version cannot read (${errorMessage(error)})`,
    };
  }
}

/** What is wrong with the line of entry number `seq` (checksum, number), or null. Does not look into the event. */
export function entryFault(line: Buffer, seq: number, chain: Chain): string | null {
  const fault = checksumFault(line, chain);
  if (fault !== null) return fault;
  if (hasText(line, 0, `{"seq":${seq},`)) return null;
  return `is not entry number ${seq}, which belongs here (it starts with ${line.toString('latin1', 0, 16)})`;
}

// Written by hand: a large journal calls it a million times.
function isEnvelope(value: unknown): value is { readonly at: string; readonly event: unknown } {
  if (typeof value !== 'object' || value === null) return false;
  return 'at' in value && typeof value.at === 'string' && 'event' in value;
}

function checksummed(json: string, chain: Chain): Buffer {
  const body = json.slice(0, -1);
  const length = Buffer.byteLength(body);
  const line = Buffer.allocUnsafe(length + CHECKSUM_LENGTH + 1);
  line.write(body);
  const sum = checksum(line.subarray(0, length), chain);
  line.write(`${CHECKSUM_START}${sum}${CHECKSUM_END}\n`, length, 'latin1');
  return line;
}

function checksumFault(line: Buffer, chain: Chain): string | null {
  const bodyLength = line.length - CHECKSUM_LENGTH;
  if (bodyLength < 1) return `is too short (${line.length} bytes)`;
  const body = line.subarray(0, bodyLength);
  if (endsWithChecksum(line) && checksumIn(line) === crc32(body, chain ?? 0)) return null;
  const found = line.toString('latin1', bodyLength);
  const digits = checksum(body, chain);
  if (chain === null) return `has the checksum ${digits}, but ends with ${found}`;
  return `has the checksum ${digits} after the line before it, but ends with ${found}; it is damaged or misplaced`;
}

function checksum(body: Buffer, chain: Chain): string {
  return crc32(body, chain ?? 0)
    .toString(16)
    .padStart(8, '0');
}

function endsWithChecksum(line: Buffer): boolean {
  const start = line.length - CHECKSUM_LENGTH;
  return (
    hasText(line, start, CHECKSUM_START) && hasText(line, line.length - CHECKSUM_END.length, CHECKSUM_END)
  );
}

// These are called for each line of a journal, so they make no text of the bytes.

/** Whether a line has these ASCII characters at a place. */
function hasText(line: Buffer, start: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (line[start + i] !== text.charCodeAt(i)) return false;
  return true;
}

/** The checksum at the end of a line; NaN if something else than lower-case hexadecimal digits stands there. */
function checksumIn(line: Buffer): number {
  const end = line.length - CHECKSUM_END.length;
  let sum = 0;
  for (let i = end - CHECKSUM_DIGITS; i < end; i++) sum = 16 * sum + digitOf(line[i] ?? 0);
  return sum;
}

/** The value of a lower-case hexadecimal digit; NaN for other characters. */
function digitOf(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  return code >= 0x61 && code <= 0x66 ? code - 0x57 : Number.NaN;
}

/** A line without its checksum. Undefined if that is not JSON; no JSON text gives undefined. */
function parseJson(line: Buffer): unknown {
  try {
    // V8 keeps short texts in a table, which would grow by each checksum.
    return parseLine(line.toString('utf8', 0, line.length - CHECKSUM_LENGTH));
  } catch {
    return undefined;
  }
}
