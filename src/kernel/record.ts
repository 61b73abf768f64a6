/** Names of a record's fields in memory: 8-byte numbers first, then 4-byte words, as the kernel declares them. */
interface RecordForm<Double extends string, Word extends string> {
  readonly doubles: readonly Double[];
  readonly words: readonly Word[];
}

/** Fields of `Network` in assembly/network.ts, in its order; `maskKey` is set by the kernel itself. */
export const networkForm = {
  doubles: [
    'weightDecay',
    'maxNorm',
    'momentum',
    'smoothing',
    'power1',
    'power2',
    'loss',
    'correct',
    'rate',
    'stepSize',
    'epsilon',
    'maskKey',
  ],
  words: [
    'layers',
    'stride',
    'blockRows',
    'batchRows',
    'blocksPerBatch',
    'optimizer',
    'biased',
    'squared',
    'mean',
    'labels',
    'labelWidth',
    'classes',
    'rows',
    'order',
    'dataFrom',
    'data',
    'labelData',
    'rates',
    'scratch',
    'tables',
  ],
} as const;

/** Fields of `Layer` in assembly/network.ts, in its order. */
export const layerForm = {
  doubles: ['scale', 'weightRate', 'biasRate'],
  words: [
    'inputs',
    'outputs',
    'inputsPadded',
    'outputsPadded',
    'activation',
    'threshold',
    'listed',
    'gradientBy',
    'weights',
    'twin',
    'gradient',
    'first',
    'second',
    'bias',
    'biasGradient',
    'biasFirst',
    'biasSecond',
    'trainingFactors',
    'plainFactors',
    'values',
    'slopes',
    'rowLists',
    'rowCounts',
    'columnLists',
    'columnEnds',
    'native',
  ],
} as const;

/** Bytes of a record. */
export function recordBytes(form: RecordForm<string, string>): number {
  return form.doubles.length * 8 + form.words.length * 4;
}

/** The place of each name in its list. */
function places<Name extends string>(names: readonly Name[]): Readonly<Record<Name, number>> {
  return Object.fromEntries(names.map((name, place) => [name, place])) as Record<Name, number>;
}

/** Places of the network's fields among its 8-byte numbers and among its words. */
export const networkDoubles = places(networkForm.doubles);
export const networkWords = places(networkForm.words);

/** The two parts of a record in the kernel's memory, to be written by places. */
export interface MemoryRecord {
  readonly doubles: Float64Array;
  readonly words: Uint32Array;
}

export function recordAt(
  memory: ArrayBuffer,
  address: number,
  form: RecordForm<string, string>,
): MemoryRecord {
  return {
    doubles: new Float64Array(memory, address, form.doubles.length),
    words: new Uint32Array(memory, address + form.doubles.length * 8, form.words.length),
  };
}
