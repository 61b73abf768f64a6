import { crc32 } from 'node:zlib';
import { z } from 'zod';
import type { Json } from '../campaign/canonical-json.js';
import { FitfirstError } from '../campaign/fitfirst-error.js';
import type { Preparation } from '../data/prepare/preparation.js';
import { formatList } from '../text/list.js';
import { readRecord, writeRecord } from './binary-record.js';
import { type NetworkShape, type Precision, weightCount } from './network-shape.js';

/** A trained network with all that is needed to use it elsewhere; dropout is off for good. */
export interface SavedNetwork {
  readonly shape: NetworkShape;
  /** What it was trained in and answers in. */
  readonly precision: Precision;
  /** From raw rows to inputs, and from outputs to answers: columns, categories, classes. */
  readonly preparation: Preparation;
  /** The epoch whose weights these are. */
  readonly epoch: number;
  /** The weights of one network after another, each in the order of `layerPlaces`. */
  readonly weights: Float64Array;
  /** How many networks there are. If more than one, they are a committee: its predictions are their means. */
  readonly networks: number;
}

/** The weights of each network of a file. */
export function networkWeights({ shape, weights, networks }: SavedNetwork): Float64Array[] {
  const each = weightCount(shape);
  return Array.from({ length: networks }, (_, k) => weights.subarray(k * each, (k + 1) * each));
}

const count = z.int().min(1);
const unseen = z.enum(['ignore', 'error']);
const missingValues = z.exactOptional(z.array(z.string()).readonly());
const unit = z.exactOptional(z.string());
const place = { name: z.string(), index: z.int().min(0), input: z.int().min(0), missingValues, unit };
const target = { name: z.string(), missingValues, unit };
const categories = { ...place, categories: z.array(z.string()), unseen: z.exactOptional(unseen) };
const sourceColumn = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('number'), ...place }),
  z.object({ kind: z.literal('category'), ...categories }),
  z.object({ kind: z.literal('ordinal'), ...categories }),
  z.object({ kind: z.literal('indicator'), ...place }),
]);

/**
 * Version 1 had neither ordinal columns nor indicators, and filled all columns or none; the rest is the same. Version 3
 * holds a committee; a single network is still written as version 2, which older versions of fitfirst read. Version 4
 * has columns with values that stand for a missing cell, and holds a network or a committee. Version 5 also has columns
 * whose numbers have a unit.
 */
const VERSIONS = [1, 2, 3, 4, 5] as const;

const header = z.strictObject({
  checksum: z.exactOptional(z.string()),
  format: z.literal('fitfirst network'),
  version: z.literal(VERSIONS),
  networks: z.exactOptional(count),
  epoch: z.int().min(0),
  precision: z.enum(['f32', 'f64']),
  shape: z.object({
    inputs: count,
    hidden: z.array(count).min(1),
    outputs: count,
    activation: z.enum(['relu', 'tanh', 'sigmoid']),
    output: z.enum(['softmax', 'sigmoid', 'identity']),
    bias: z.boolean(),
  }),
  preparation: z.object({
    columns: z.array(sourceColumn),
    unseen,
    fill: z.array(z.number().nullable()).nullable(),
    mean: z.array(z.number()),
    scale: z.array(z.number()),
    target: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('class'), ...target, classes: z.array(z.string()) }),
      z.object({ kind: z.literal('number'), ...target, mean: z.number(), deviation: z.number() }),
    ]),
  }),
});

/** What every version of the header has. */
const versioned = z.object({ format: z.literal('fitfirst network'), version: z.int() });

const KIND = 'FITNET01';

/** Where the digits of the checksum are: it is the first member of the header, which starts at byte 12. */
const CHECKSUM_START = 12 + '{"checksum":"'.length;
const NO_CHECKSUM = '00000000';

/**
 * The network as bytes: a record (see `BinaryRecord`) of the kind `FITNET01`, whose header has `format`,
 * `checksum`, `version`, `epoch`, `precision`, `shape` and `preparation`, and whose numbers are the weights: doubles,
 * which hold those of single precision exactly. Equal networks give equal bytes. The checksum is the CRC-32 (as in
 * zlib) of the whole record with eight zeros in place of its own digits; version 0.1.0 wrote none.
 */
export function writeNetwork(network: SavedNetwork): Uint8Array {
  const { shape, precision, preparation, epoch, weights, networks } = network;
  const fields: z.input<typeof header> = {
    checksum: NO_CHECKSUM,
    format: 'fitfirst network',
    version: versionFor(preparation, networks),
    ...(networks > 1 && { networks }),
    epoch,
    precision,
    shape: { ...shape, hidden: [...shape.hidden] },
    preparation: {
      ...preparation,
      columns: preparation.columns.map((column) =>
        'categories' in column ? { ...column, categories: [...column.categories] } : column,
      ),
      fill: preparation.fill === null ? null : [...preparation.fill],
      mean: [...preparation.mean],
      scale: [...preparation.scale],
      target:
        preparation.target.kind === 'number'
          ? preparation.target
          : { ...preparation.target, classes: [...preparation.target.classes] },
    },
  };
  const bytes = writeRecord(KIND, fields satisfies Json, weights);
  bytes.set(new TextEncoder().encode(checksumOf(bytes)), CHECKSUM_START);
  return bytes;
}

/** The first version that can hold it, so that older versions of fitfirst can read what they know. */
function versionFor({ columns, target }: Preparation, networks: number): (typeof VERSIONS)[number] {
  const all = [...columns, target];
  if (all.some((column) => column.unit !== undefined)) return 5;
  if (all.some((column) => column.missingValues !== undefined)) return 4;
  return networks === 1 ? 2 : 3;
}

/** Reads a network. Throws FitfirstError DATA_INVALID where the bytes are none, or are damaged. */
export function readNetwork(bytes: Uint8Array): SavedNetwork {
  const record = readRecord(KIND, bytes);
  if (record === null) {
    throw new FitfirstError(
      'DATA_INVALID',
      'This is not a network that fitfirst saved, or the file is cut short. Expected a file that begins with ' +
        `${KIND}; export it again.`,
    );
  }
  const known = versioned.safeParse(record.header);
  if (known.success && !VERSIONS.some((version) => version === known.data.version)) {
    throw new FitfirstError(
      'DATA_INVALID',
      `The network has the format version ${known.data.version}, of which this version of ` +
        `fitfirst reads ${formatList(VERSIONS.map(String))}. ` +
        'Use the fitfirst that saved it, or a later one.',
    );
  }
  const parsed = header.safeParse(record.header);
  if (!parsed.success) {
    throw new FitfirstError(
      'DATA_INVALID',
      `The network's header is not one that this version of fitfirst reads: ${z.prettifyError(parsed.error)}`,
    );
  }
  const { checksum, shape, precision, preparation, epoch, networks = 1 } = parsed.data;
  if (checksum !== undefined && checksum !== checksumOf(bytes)) {
    throw new FitfirstError(
      'DATA_INVALID',
      `The network has the checksum ${checksumOf(bytes)} where its header says ${checksum}. The file is damaged.`,
    );
  }
  const expected = networks * weightCount(shape);
  if (record.numbers.length !== expected) {
    throw new FitfirstError(
      'DATA_INVALID',
      `The network has ${record.numbers.length} weights where its shape asks for ${expected}. ` +
        'The file is damaged; export it again.',
    );
  }
  return { shape, precision, preparation, epoch, weights: record.numbers, networks };
}

/** The checksum of a record, whatever it has in its place. */
function checksumOf(record: Uint8Array): string {
  // A copy in any case: the slice of a Buffer shares its memory.
  const bytes = new Uint8Array(record);
  bytes.set(new TextEncoder().encode(NO_CHECKSUM), CHECKSUM_START);
  return crc32(bytes).toString(16).padStart(8, '0');
}
