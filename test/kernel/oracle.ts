import { dropShares, type NetworkOptions } from '../../src/kernel/network-options.js';

/** One layer of the oracle: everything in nested arrays and double precision. */
interface OracleLayer {
  readonly weights: number[][];
  readonly biases: number[];
}

/** Rows as the network takes them. */
export interface OracleRows {
  readonly inputs: readonly (readonly number[])[];
  /** The wanted outputs of each row: one-hot classes, or numbers. */
  readonly targets: readonly (readonly number[])[];
  readonly weights: readonly number[];
}

/** Whether a unit of a layer (0: the inputs) is kept for the sample at a place of the epoch. */
export type Kept = (layer: number, sample: number, unit: number) => boolean;

/**
 * A trainer of multilayer networks that is nothing but the formulas, one after another: what the kernel is
 * checked against.
 */
export class Oracle {
  readonly layers: OracleLayer[] = [];
  readonly #options: NetworkOptions;
  readonly #first: OracleLayer[];
  readonly #second: OracleLayer[];
  #updates = 0;

  constructor(options: NetworkOptions, weights: Float64Array) {
    this.#options = options;
    const sizes = [options.inputs, ...options.hidden, options.outputs];
    let at = 0;
    const next = (): number => weights[at++] ?? Number.NaN;
    for (let l = 1; l < sizes.length; l++) {
      const outputs = sizes[l] ?? 0;
      const row = (): number[] => Array.from({ length: outputs }, next);
      this.layers.push({
        weights: Array.from({ length: sizes[l - 1] ?? 0 }, row),
        biases: options.bias ? row() : new Array<number>(outputs).fill(0),
      });
    }
    this.#first = this.layers.map(zeros);
    this.#second = this.layers.map(zeros);
  }

  /** Weights in the kernel's flat order. */
  flat(): number[] {
    return flatten(this.layers, this.#options.bias);
  }

  /** Trains on the rows in this order; `rates` has one learning rate an update. Returns the mean objective. */
  epoch(rows: OracleRows, order: readonly number[], rates: readonly number[], kept: Kept): number {
    const { batchSize } = this.#options;
    let loss = 0;
    for (let from = 0, update = 0; from < order.length; from += batchSize, update++) {
      const batch = order.slice(from, from + batchSize);
      const { gradient, loss: batchLoss } = this.gradient(rows, batch, (layer, sample, unit) =>
        kept(layer, from + sample, unit),
      );
      loss += batchLoss;
      this.#update(gradient, rates[update] ?? Number.NaN);
    }
    return loss / order.length;
  }

  /** The gradient of a batch, and the sum of its losses; `kept` counts samples within the batch. */
  gradient(
    rows: OracleRows,
    batch: readonly number[],
    kept: Kept,
  ): { gradient: OracleLayer[]; loss: number } {
    const { reduction } = this.#options;
    const gradient = this.layers.map(zeros);
    let loss = 0;
    batch.forEach((row, sample) => {
      const weight = (rows.weights[row] ?? 1) * (reduction === 'mean' ? 1 / batch.length : 1);
      const trace = this.#forward(rows.inputs[row] ?? [], (layer, unit) => kept(layer, sample, unit));
      const target = this.#smooth(rows.targets[row] ?? []);
      loss += (rows.weights[row] ?? 1) * this.#loss(trace.sums, target);
      let deltas = this.#outputDeltas(trace.sums, target).map((delta) => delta * weight);
      for (let l = this.layers.length - 1; l >= 0; l--) {
        const given = trace.given[l] ?? [];
        const { weights, biases } = gradient[l] ?? { weights: [], biases: [] };
        given.forEach((value, i) => {
          const into = weights[i] ?? [];
          deltas.forEach((delta, j) => {
            into[j] = (into[j] ?? 0) + value * delta;
          });
        });
        deltas.forEach((delta, j) => {
          biases[j] = (biases[j] ?? 0) + delta;
        });
        const current = deltas;
        deltas = (this.layers[l]?.weights ?? []).map((row, i) => {
          const sum = row.reduce((total, w, j) => total + w * (current[j] ?? 0), 0);
          return sum * (trace.slopes[l]?.[i] ?? 0);
        });
      }
    });
    return { gradient, loss };
  }

  /** Mean plain loss and number of right rows. */
  measure(rows: OracleRows): { loss: number; correct: number } {
    let loss = 0;
    let correct = 0;
    rows.inputs.forEach((inputs, row) => {
      const target = rows.targets[row] ?? [];
      const { sums } = this.#forward(inputs, () => true, false);
      loss += this.#loss(sums, target);
      const answer = this.#answer(sums);
      const right =
        answer.length === 1
          ? (answer[0] ?? 0) > 0.5 === (target[0] === 1)
          : answer.indexOf(Math.max(...answer)) === target.indexOf(1);
      if (right) correct += 1;
    });
    return { loss: loss / rows.inputs.length, correct };
  }

  /** What each layer is given, the slopes of that by the sums of the layer before, and the last sums. */
  #forward(
    inputs: readonly number[],
    kept: (layer: number, unit: number) => boolean,
    training = true,
  ): { given: number[][]; slopes: number[][]; sums: number[] } {
    const shares = dropShares(this.#options);
    const factor = (layer: number, unit: number): number => {
      const share = shares[layer] ?? 0;
      if (!training || share === 0) return 1;
      return kept(layer, unit) ? 1 / (1 - share) : 0;
    };
    const given = [inputs.map((value, k) => value * factor(0, k))];
    const slopes = [inputs.map(() => 0)];
    for (let l = 0; ; l++) {
      const layer = this.layers[l] ?? { weights: [], biases: [] };
      const sums = layer.biases.map((bias, j) =>
        (given[l] ?? []).reduce((sum, value, i) => sum + value * (layer.weights[i]?.[j] ?? 0), bias),
      );
      if (l === this.layers.length - 1) return { given, slopes, sums };
      const values = sums.map((z) => activate(this.#options.activation, z));
      given.push(values.map((value, j) => value * factor(l + 1, j)));
      slopes.push(values.map((value, j) => slopeOf(this.#options.activation, value) * factor(l + 1, j)));
    }
  }

  #answer(sums: readonly number[]): number[] {
    switch (this.#options.output) {
      case 'softmax': {
        const most = Math.max(...sums);
        const powers = sums.map((z) => Math.exp(z - most));
        const total = powers.reduce((a, b) => a + b, 0);
        return powers.map((power) => power / total);
      }
      case 'sigmoid':
        return sums.map((z) => 1 / (1 + Math.exp(-z)));
      default:
        return [...sums];
    }
  }

  #smooth(target: readonly number[]): number[] {
    const smoothing = this.#options.labelSmoothing;
    const classes = Math.max(2, target.length);
    return target.map((t) => (smoothing === 0 ? t : (1 - smoothing) * t + smoothing / classes));
  }

  #loss(sums: readonly number[], target: readonly number[]): number {
    const answer = this.#answer(sums);
    if (this.#options.loss === 'squared_error') {
      return answer.reduce((sum, p, j) => sum + (p - (target[j] ?? 0)) ** 2 / 2, 0);
    }
    if (this.#options.output === 'softmax') {
      const most = Math.max(...sums);
      const total = Math.log(sums.reduce((sum, z) => sum + Math.exp(z - most), 0));
      return sums.reduce((sum, z, j) => sum + (target[j] ?? 0) * (most + total - z), 0);
    }
    return sums.reduce((sum, z, j) => {
      const t = target[j] ?? 0;
      return sum + Math.max(z, 0) - z * t + Math.log1p(Math.exp(-Math.abs(z)));
    }, 0);
  }

  #outputDeltas(sums: readonly number[], target: readonly number[]): number[] {
    const bends = this.#options.loss === 'squared_error' && this.#options.output === 'sigmoid';
    return this.#answer(sums).map((p, j) => (p - (target[j] ?? 0)) * (bends ? p * (1 - p) : 1));
  }

  #update(gradient: readonly OracleLayer[], rate: number): void {
    this.#updates += 1;
    const { bias, maxNorm, rateFactors, weightDecay } = this.#options;
    this.layers.forEach((layer, l) => {
      const factors = rateFactors?.[l] ?? { weights: 1, biases: 1 };
      const g = gradient[l] ?? zeros(layer);
      const first = this.#first[l] ?? zeros(layer);
      const second = this.#second[l] ?? zeros(layer);
      layer.weights.forEach((weights, i) => {
        this.#step(
          weights,
          g.weights[i] ?? [],
          first.weights[i] ?? [],
          second.weights[i] ?? [],
          rate,
          weightDecay,
          factors.weights,
        );
      });
      if (bias) this.#step(layer.biases, g.biases, first.biases, second.biases, rate, 0, factors.biases);
      if (maxNorm > 0 && l < this.layers.length - 1) {
        layer.biases.forEach((_, j) => {
          const norm = Math.sqrt(layer.weights.reduce((sum, row) => sum + (row[j] ?? 0) ** 2, 0));
          if (norm <= maxNorm) return;
          for (const row of layer.weights) row[j] = ((row[j] ?? 0) * maxNorm) / norm;
        });
      }
    });
  }

  #step(
    w: number[],
    gradient: number[],
    first: number[],
    second: number[],
    rate: number,
    decay: number,
    factor: number,
  ): void {
    const { optimizer } = this.#options;
    if (optimizer === null) return;
    w.forEach((before, j) => {
      const plain = gradient[j] ?? 0;
      const decoupled = optimizer.kind === 'adamw';
      const g = decoupled ? plain : plain + decay * before;
      if (optimizer.kind === 'sgd') {
        const v = optimizer.momentum * (first[j] ?? 0) + g;
        first[j] = v;
        w[j] = before - factor * rate * (optimizer.nesterov ? g + optimizer.momentum * v : v);
        return;
      }
      const m = 0.9 * (first[j] ?? 0) + 0.1 * g;
      const s = 0.999 * (second[j] ?? 0) + 0.001 * g * g;
      first[j] = m;
      second[j] = s;
      const mean = m / (1 - 0.9 ** this.#updates);
      const root = Math.sqrt(s / (1 - 0.999 ** this.#updates));
      w[j] = (decoupled ? before * (1 - rate * decay) : before) - (factor * rate * mean) / (root + 1e-8);
    });
  }
}

/** Layers in the kernel's flat order. */
function flatten(layers: readonly OracleLayer[], bias: boolean): number[] {
  return layers.flatMap((layer) => [...layer.weights.flat(), ...(bias ? layer.biases : [])]);
}

const zeros = (layer: OracleLayer): OracleLayer => ({
  weights: layer.weights.map((row) => row.map(() => 0)),
  biases: layer.biases.map(() => 0),
});

function activate(kind: NetworkOptions['activation'], z: number): number {
  switch (kind) {
    case 'relu':
      return Math.max(0, z);
    case 'sigmoid':
      return 1 / (1 + Math.exp(-z));
    case 'tanh':
      return Math.tanh(z);
    default:
      return kind satisfies never;
  }
}

function slopeOf(kind: NetworkOptions['activation'], value: number): number {
  switch (kind) {
    case 'relu':
      return value > 0 ? 1 : 0;
    case 'sigmoid':
      return value * (1 - value);
    case 'tanh':
      return 1 - value * value;
    default:
      return kind satisfies never;
  }
}
