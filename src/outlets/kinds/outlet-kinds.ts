import { mlflowKind } from './mlflow-kind.js';
import { optunaKind } from './optuna-kind.js';
import type { OutletKind } from './outlet-kind.js';
import { tensorBoardKind } from './tensorboard-kind.js';

/** The outlets that a config can name, which are also formats of `fitfirst export`. A new one is a file and a line. */
export const outletKinds: readonly OutletKind[] = [optunaKind, tensorBoardKind, mlflowKind];
