// One step of a run of weights that stand one after another. The host gives momentum, decay and rate; the
// decisions between them are taken once a run, outside of the loops.

import { ADAM, ADAMW, NESTEROV, Network } from './network';
import { all, withoutTiny } from './vector';

const BETA_1: f64 = 0.9;
const BETA_2: f64 = 0.999;
const EPSILON: f64 = 1e-8;

/** v = momentum v + g; w -= rate v, or with `ahead` (Nesterov) rate (g + momentum v). */
// @ts-ignore: decorator
@inline
function sgd<T>(
  weights: usize,
  gradient: usize,
  velocity: usize,
  bytes: usize,
  rate: f64,
  momentum: f64,
  decay: f64,
  decays: bool,
  ahead: bool,
): void {
  const rates = all<T>(rate);
  const momenta = all<T>(momentum);
  const decayed = all<T>(decay);
  for (let at: usize = 0; at < bytes; at += 16) {
    const w = v128.load(weights + at);
    let g = v128.load(gradient + at);
    if (decays) g = v128.add<T>(g, v128.mul<T>(decayed, w));
    const v = withoutTiny<T>(v128.add<T>(v128.mul<T>(momenta, v128.load(velocity + at)), g));
    v128.store(velocity + at, v);
    const change = ahead ? v128.add<T>(g, v128.mul<T>(momenta, v)) : v;
    v128.store(weights + at, v128.sub<T>(w, v128.mul<T>(rates, change)));
  }
}

/**
 * Adam: m and v are the means of g and g^2, and w -= size m / (sqrt(v) + epsilon), where size and epsilon
 * hold the corrections for the bias of both means. `coupled` adds decay to the gradient; `apart` (AdamW)
 * multiplies the weight by `kept` first.
 */
// @ts-ignore: decorator
@inline
function adam<T>(
  weights: usize,
  gradient: usize,
  first: usize,
  second: usize,
  bytes: usize,
  stepSize: f64,
  correctedEpsilon: f64,
  decay: f64,
  coupled: bool,
  kept: f64,
  apart: bool,
): void {
  const beta1 = all<T>(BETA_1);
  const rest1 = all<T>(1 - BETA_1);
  const beta2 = all<T>(BETA_2);
  const rest2 = all<T>(1 - BETA_2);
  const epsilon = all<T>(correctedEpsilon);
  const size = all<T>(stepSize);
  const decayed = all<T>(decay);
  const keeping = all<T>(kept);
  for (let at: usize = 0; at < bytes; at += 16) {
    let w = v128.load(weights + at);
    let g = v128.load(gradient + at);
    if (coupled) g = v128.add<T>(g, v128.mul<T>(decayed, w));
    const m = withoutTiny<T>(v128.add<T>(v128.mul<T>(beta1, v128.load(first + at)), v128.mul<T>(rest1, g)));
    const v = withoutTiny<T>(
      v128.add<T>(v128.mul<T>(beta2, v128.load(second + at)), v128.mul<T>(rest2, v128.mul<T>(g, g))),
    );
    v128.store(first + at, m);
    v128.store(second + at, v);
    if (apart) w = v128.mul<T>(w, keeping);
    const root = v128.add<T>(v128.sqrt<T>(v), epsilon);
    v128.store(weights + at, v128.sub<T>(w, v128.div<T>(v128.mul<T>(size, m), root)));
  }
}

/**
 * Takes a step on `bytes` bytes of weights, with `factor` times the rate of the batch; biases have a `decay` of 0.
 * AdamW's decay goes with the rate of the batch. `beginStep` comes before.
 */
export function step<T>(
  network: Network,
  weights: usize,
  gradient: usize,
  first: usize,
  second: usize,
  bytes: usize,
  factor: f64,
  decay: f64,
): void {
  const decays = decay != 0;
  const momentum = network.momentum;
  const rate = network.rate * factor;
  const size = network.stepSize * factor;
  const epsilon = network.epsilon;
  switch (network.optimizer) {
    case ADAM:
      if (decays) adam<T>(weights, gradient, first, second, bytes, size, epsilon, decay, true, 1, false);
      else adam<T>(weights, gradient, first, second, bytes, size, epsilon, 0, false, 1, false);
      break;
    case ADAMW:
      adam<T>(weights, gradient, first, second, bytes, size, epsilon, 0, false, 1 - network.rate * decay, true);
      break;
    case NESTEROV:
      sgd<T>(weights, gradient, first, bytes, rate, momentum, decay, true, true);
      break;
    default:
      if (decays) sgd<T>(weights, gradient, first, bytes, rate, momentum, decay, true, false);
      else sgd<T>(weights, gradient, first, bytes, rate, momentum, 0, false, false);
  }
}

/**
 * Begins the step of a batch: its rate, and Adam's corrections. With c1 = 1 - beta1^t and c2 = 1 - beta2^t
 *
 *     rate m / c1 / (sqrt(v / c2) + epsilon)  =  (rate sqrt(c2) / c1) m / (sqrt(v) + epsilon sqrt(c2))
 */
export function beginStep(network: Network, rate: f64): void {
  network.power1 *= BETA_1;
  network.power2 *= BETA_2;
  const root = Math.sqrt(1 - network.power2);
  network.rate = rate;
  network.stepSize = (rate * root) / (1 - network.power1);
  network.epsilon = EPSILON * root;
}
