import protobuf from 'protobufjs/minimal.js';
import { maskedCrc32c } from '../../../../src/platform/crc32c.js';

/** An event with one scalar, as PyTorch's SummaryWriter writes it. */
export function scalarEvent(step: number, tag: string, value: number): Uint8Array {
  const scalar = protobuf.Writer.create().uint32(10).string(tag).uint32(21).float(value).finish();
  const summary = protobuf.Writer.create().uint32(10).bytes(scalar).finish();
  return protobuf.Writer.create()
    .uint32(9)
    .double(1.7e9)
    .uint32(16)
    .int64(step)
    .uint32(42)
    .bytes(summary)
    .finish();
}

/** A record of TensorFlow's record files. */
export function eventRecord(data: Uint8Array): Buffer {
  const header = Buffer.alloc(12);
  header.writeBigUInt64LE(BigInt(data.length));
  header.writeUInt32LE(maskedCrc32c(header.subarray(0, 8)), 8);
  const footer = Buffer.alloc(4);
  footer.writeUInt32LE(maskedCrc32c(data));
  return Buffer.concat([header, data, footer]);
}
