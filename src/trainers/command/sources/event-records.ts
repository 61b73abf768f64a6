import { maskedCrc32c } from '../../../platform/crc32c.js';

/** Bytes of the length, its checksum, and the checksum of the data. */
const HEADER = 12;
const FOOTER = 4;
/** Bytes of one record: pictures and graphs are large, but not that large. */
const MAX_RECORD = 256 * 1_048_576;

/** Thrown if a record file is damaged. */
class DamagedRecord extends Error {
  override readonly name = 'DamagedRecord';
}

/** What is next in a piece of a record file. */
export type NextRecord =
  | { readonly kind: 'record'; readonly data: Buffer; readonly size: number }
  /** More bytes are needed: this many from the beginning of the record. */
  | { readonly kind: 'more'; readonly size: number };

/**
 * The record at the beginning of these bytes, in the format of TensorFlow's record files (record_writer.cc): a length
 * of 8 bytes, its checksum, the data, their checksum. Throws DamagedRecord.
 */
export function nextRecord(bytes: Buffer): NextRecord {
  if (bytes.length < HEADER) return { kind: 'more', size: HEADER };
  if (maskedCrc32c(bytes.subarray(0, 8)) !== bytes.readUInt32LE(8))
    throw new DamagedRecord('the checksum of a length is wrong');
  const length = Number(bytes.readBigUInt64LE(0));
  if (length > MAX_RECORD) throw new DamagedRecord(`a record has ${length} bytes`);
  const size = HEADER + length + FOOTER;
  if (bytes.length < size) return { kind: 'more', size };
  const data = bytes.subarray(HEADER, HEADER + length);
  if (maskedCrc32c(data) !== bytes.readUInt32LE(HEADER + length))
    throw new DamagedRecord('the checksum of a record is wrong');
  return { kind: 'record', data, size };
}
