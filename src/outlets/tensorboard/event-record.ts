import protobuf from 'protobufjs/light.js';
import { maskedCrc32c } from '../../platform/crc32c.js';
import { eventSchema } from './event-schema.js';

const root = protobuf.Root.fromJSON(eventSchema);
const eventType = root.lookupType('Event');
const hparamsType = root.lookupType('HParamsData');

/** What an event holds; names as in event.proto. */
interface TensorBoardEvent {
  /** Seconds since 1970. */
  readonly wall_time: number;
  readonly step?: number;
  readonly file_version?: string;
  readonly summary?: { readonly value: readonly object[] };
  readonly session_log?: { readonly status: number };
}

/** An event as a record of an event file: length, its checksum, data, their checksum (record_writer.cc). */
export function eventRecord(event: TensorBoardEvent): Uint8Array {
  const data = eventType.encode(eventType.create(event)).finish();
  const record = Buffer.alloc(12 + data.length + 4);
  record.writeBigUInt64LE(BigInt(data.length), 0);
  record.writeUInt32LE(maskedCrc32c(record.subarray(0, 8)), 8);
  record.set(data, 12);
  record.writeUInt32LE(maskedCrc32c(data), 12 + data.length);
  return record;
}

/** A value of a summary that the plugin HParams reads, by its tag. */
export function hparamsValue(tag: string, data: object): object {
  const content = hparamsType.encode(hparamsType.create(data)).finish();
  return { tag, metadata: { plugin_data: { plugin_name: 'hparams', content } } };
}

/** TensorFlow's type of a tensor of strings. */
const DT_STRING = 7;

/** A value of a summary that is shown as text. */
export function textValue(tag: string, text: string): object {
  return {
    tag,
    metadata: { plugin_data: { plugin_name: 'text' } },
    tensor: { dtype: DT_STRING, string_val: [Buffer.from(text)] },
  };
}
