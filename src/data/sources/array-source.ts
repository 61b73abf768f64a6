import type { NumberStorage } from '../shared-numbers.js';
import { numbersIn, readIdxHeader, readIdxInto, storageOf } from './idx-file.js';
import { type ArrayNumbers, type NpyArray, numbersIn as numbersInNpy, openNpy } from './npy-array.js';
import { bytesOf, type ReadingWatch } from './read-bytes.js';

/** An array in a file, before it is read in. */
export interface ArraySource {
  readonly path: string;
  readonly shape: readonly number[];
  /** What holds its numbers without loss. */
  readonly storage: NumberStorage;
  /** Writes its numbers, the last index running fastest, from a place on. Throws DATA_INVALID. */
  readInto(target: Uint8Array | Float32Array | Float64Array, at: number): Promise<void>;
}

/** Opens an IDX or NPY file, also one packed with gzip. Throws DATA_INVALID. */
export async function openArray(path: string, watch: ReadingWatch): Promise<ArraySource> {
  if (await isNpy(path)) return npySource(await openNpy(path), watch);
  const header = await readIdxHeader(path);
  return {
    path,
    shape: header.shape,
    storage: storageOf(header),
    readInto: async (target, at) => {
      if (numbersIn(header) > 0) await readIdxInto(header, target, at, watch);
    },
  };
}

async function isNpy(path: string): Promise<boolean> {
  for await (const chunk of bytesOf(path)) return chunk.toString('latin1', 0, 6) === '\x93NUMPY';
  return false;
}

function npySource(array: NpyArray, watch: ReadingWatch): ArraySource {
  const { path, shape, sample, fortranOrder } = array;
  return {
    path,
    shape,
    storage: storageFor(sample),
    readInto: async (target, at) => {
      let filled = 0;
      for await (const numbers of numbersInNpy(array, watch)) {
        if (!fortranOrder || shape.length < 2) target.set(numbers, at + filled);
        else
          for (let i = 0; i < numbers.length; i++)
            target[at + rowMajor(shape, filled + i)] = numbers[i] ?? Number.NaN;
        filled += numbers.length;
      }
    },
  };
}

function storageFor(numbers: ArrayNumbers): NumberStorage {
  if (numbers instanceof Uint8Array) return 'bytes';
  return numbers instanceof Float32Array ? 'floats' : 'doubles';
}

/** The place in row-major order of the i-th number of an array whose first index runs fastest. */
function rowMajor(shape: readonly number[], i: number): number {
  let rest = i;
  let place = 0;
  let step = shape.reduce((product, length) => product * length, 1);
  for (const length of shape) {
    step /= length;
    place += (rest % length) * step;
    rest = Math.floor(rest / length);
  }
  return place;
}
