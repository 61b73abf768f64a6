import { fitFirstMethod } from './fit-first/fit-first-method.js';
import { gridMethod } from './grid/grid.js';
import { halvingMethod } from './hyperband/halving.js';
import { hyperbandMethod } from './hyperband/hyperband.js';
import type { MethodKind } from './method-kind.js';
import { randomMethod } from './random/random.js';
import { sobolMethod } from './sobol/sobol.js';
import { tpeMethod } from './tpe/tpe.js';

/** Every method that a config can name, in the order in which they are listed for people. The first is the default. */
export const methodKinds: readonly [MethodKind, ...MethodKind[]] = [
  fitFirstMethod,
  gridMethod,
  randomMethod,
  sobolMethod,
  tpeMethod,
  halvingMethod,
  hyperbandMethod,
];
