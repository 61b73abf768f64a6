import protobuf from 'protobufjs/minimal.js';

/** Numbers of one event of TensorBoard. */
export interface EventScalars {
  readonly step: number;
  readonly values: readonly (readonly [tag: string, value: number])[];
}

/** TensorFlow's types of tensors that can hold a scalar (types.proto). */
const DT_FLOAT = 1;
const DT_DOUBLE = 2;

/**
 * The scalars of an event: `simple_value`, as PyTorch's SummaryWriter writes it, and tensors with one number, as
 * TensorFlow 2 does. Fields as in event.proto, summary.proto and tensor.proto of TensorFlow; all others are passed
 * over. Throws if the bytes are no event.
 */
export function readEvent(data: Uint8Array): EventScalars {
  let step = 0;
  const values: [string, number][] = [];
  eachField(data, (field, reader) => {
    if (field === 2) step = Number(reader.int64());
    else if (field === 5) eachField(reader.bytes(), (inner, summary) => readValue(inner, summary, values));
    else return false;
    return true;
  });
  return { step, values };
}

function readValue(field: number, summary: protobuf.Reader, values: [string, number][]): boolean {
  if (field !== 1) return false;
  let tag = '';
  let value: number | null = null;
  eachField(summary.bytes(), (inner, reader) => {
    if (inner === 1) tag = reader.string();
    else if (inner === 2) value = reader.float();
    else if (inner === 8) value = scalarOf(reader.bytes());
    else return false;
    return true;
  });
  if (value !== null) values.push([tag, value]);
  return true;
}

/** The number of a tensor that has one; null for other tensors. */
function scalarOf(tensor: Uint8Array): number | null {
  let type = 0;
  let content: Uint8Array = new Uint8Array();
  const numbers: number[] = [];
  eachField(tensor, (field, reader, wire) => {
    if (field === 1) type = reader.int32();
    else if (field === 4) content = reader.bytes();
    else if (field === 5 && wire === 2) numbers.push(...floats(reader.bytes(), 4));
    else if (field === 5) numbers.push(reader.float());
    else if (field === 6 && wire === 2) numbers.push(...floats(reader.bytes(), 8));
    else if (field === 6) numbers.push(reader.double());
    else return false;
    return true;
  });
  if (type !== DT_FLOAT && type !== DT_DOUBLE) return null;
  const all = content.length > 0 ? floats(content, type === DT_FLOAT ? 4 : 8) : numbers;
  return all.length === 1 ? (all[0] ?? null) : null;
}

function floats(bytes: Uint8Array, size: 4 | 8): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: Math.floor(bytes.length / size) }, (_, i) =>
    size === 4 ? view.getFloat32(i * 4, true) : view.getFloat64(i * 8, true),
  );
}

/** Calls `read` with each field of a message; it returns false for a field that it leaves. */
function eachField(
  message: Uint8Array,
  read: (field: number, reader: protobuf.Reader, wire: number) => boolean,
): void {
  const reader = protobuf.Reader.create(message);
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (!read(tag >>> 3, reader, tag & 7)) reader.skipType(tag & 7);
  }
}
