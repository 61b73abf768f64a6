import { exp, log, sigmoid, tanh } from '../numeric/elementary.js';
import type { Activation, Output } from './network-shape.js';

/** Turns the first `count` sums into activations, in place. NaN stays NaN under every activation. */
export function activate(activation: Activation, values: Float64Array, count: number): void {
  switch (activation) {
    case 'relu':
      for (let k = 0; k < count; k++) if ((values[k] as number) < 0) values[k] = 0;
      return;
    case 'tanh':
      for (let k = 0; k < count; k++) values[k] = tanh(values[k] as number);
      return;
    case 'sigmoid':
      for (let k = 0; k < count; k++) values[k] = sigmoid(values[k] as number);
      return;
    default:
      activation satisfies never;
  }
}

/**
 * Turns the sums of the output layer into what the network answers, in place: probabilities of the classes,
 * sigmoids, or the sums themselves.
 */
export function answer(output: Output, values: Float64Array, rows: number, outputs: number): void {
  switch (output) {
    case 'softmax':
      for (let r = 0; r < rows; r++) {
        shift(values, r * outputs, outputs);
        softmax(values, r * outputs, outputs);
      }
      return;
    case 'sigmoid':
      for (let k = 0; k < rows * outputs; k++) values[k] = sigmoid(values[k] as number);
      return;
    case 'identity':
      return;
    default:
      output satisfies never;
  }
}

/** Takes the largest of `count` sums from all of them, which changes no probability and prevents overflow. */
export function shift(values: Float64Array, from: number, count: number): void {
  let largest = values[from] as number;
  for (let k = 1; k < count; k++) largest = Math.max(largest, values[from + k] as number);
  for (let k = 0; k < count; k++) values[from + k] = (values[from + k] as number) - largest;
}

/** Softmax over shifted sums, in place; returns the logarithm of the sum of their exponentials, never below 0. */
export function softmax(values: Float64Array, from: number, count: number): number {
  let sum = 0;
  for (let k = 0; k < count; k++) {
    const power = exp(values[from + k] as number);
    values[from + k] = power;
    sum += power;
  }
  for (let k = 0; k < count; k++) values[from + k] = (values[from + k] as number) / sum;
  return log(sum);
}

/** What the row's output k should be: a one-hot class, or the value itself. */
export function targetFor(
  output: Output,
  outputs: number,
  target: number,
  k: number,
  smoothing: number,
): number {
  if (output === 'identity') return target;
  const hard = outputs === 1 ? target : target === k ? 1 : 0;
  return smoothing === 0 ? hard : (1 - smoothing) * hard + smoothing / Math.max(2, outputs);
}

/** The plain loss of one row, from the sums of its outputs, which are overwritten with its answer. */
export function plainLoss(
  output: Output,
  sums: Float64Array,
  from: number,
  outputs: number,
  target: number,
): number {
  if (output === 'softmax') {
    shift(sums, from, outputs);
    const own = sums[from + target] as number;
    return softmax(sums, from, outputs) - own;
  }
  let loss = 0;
  for (let k = 0; k < outputs; k++) {
    const sum = sums[from + k] as number;
    const value = output === 'sigmoid' ? sigmoid(sum) : sum;
    const error = value - targetFor(output, outputs, target, k, 0);
    sums[from + k] = value;
    loss += 0.5 * error * error;
  }
  return loss;
}

/**
 * The plain loss of one row, from its answer instead of its sums. A probability that is too small for a number counts
 * as the smallest number.
 */
export function answerLoss(
  output: Output,
  answers: Float64Array,
  from: number,
  outputs: number,
  target: number,
): number {
  if (output === 'softmax') return -log(Math.max(Number.MIN_VALUE, answers[from + target] as number));
  let loss = 0;
  for (let k = 0; k < outputs; k++) {
    const error = (answers[from + k] as number) - targetFor(output, outputs, target, k, 0);
    loss += 0.5 * error * error;
  }
  return loss;
}

/** The class that an answer stands for: its largest output, the first of ties; of a single output, above 0.5. */
export function predictedClass(answers: Float64Array, from: number, outputs: number): number {
  if (outputs === 1) return (answers[from] as number) > 0.5 ? 1 : 0;
  let best = 0;
  for (let k = 1; k < outputs; k++) {
    if ((answers[from + k] as number) > (answers[from + best] as number)) best = k;
  }
  return best;
}
