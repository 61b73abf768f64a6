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
    'inputScale',
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
    'inputThreshold',
    'inputs',
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
  doubles: ['scale'],
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
    'unused',
  ],
} as const;

/** Bytes of a record. */
export function recordBytes(form: RecordForm<string, string>): number {
  return form.doubles.length * 8 + form.words.length * 4;
}

/** A record in the kernel's memory, field by field. */
export class MemoryRecord<Double extends string, Word extends string> {
  readonly #doubles: Float64Array;
  readonly #words: Uint32Array;
  readonly #places: ReadonlyMap<string, number>;

  constructor(memory: ArrayBuffer, address: number, form: RecordForm<Double, Word>) {
    this.#doubles = new Float64Array(memory, address, form.doubles.length);
    this.#words = new Uint32Array(memory, address + form.doubles.length * 8, form.words.length);
    this.#places = new Map<string, number>([
      ...form.doubles.map((name, place) => [name, place] as const),
      ...form.words.map((name, place) => [name, place] as const),
    ]);
  }

  setDouble(name: Double, value: number): void {
    this.#doubles[this.#places.get(name) ?? 0] = value;
  }

  double(name: Double): number {
    return this.#doubles[this.#places.get(name) ?? 0] ?? 0;
  }

  setWord(name: Word, value: number): void {
    this.#words[this.#places.get(name) ?? 0] = value;
  }
}
