import type { Parameters, ParameterValue } from '../campaign/parameters.js';
import { mlpParameters, neutralMlpParameters } from './mlp-parameters.js';

/** A parameter schema, with the values at which its later parameters change nothing. */
interface ParameterSet {
  /** Every parameter at its default; undefined where it has none. */
  readonly defaults: Readonly<Record<string, ParameterValue | undefined>>;
  /** By the name of a parameter that 0.1.0 did not have: the value with which training is the same as without it. */
  readonly neutral: Parameters;
}

/**
 * The parameters of version 0.1.0. Its campaigns hold all of their defaults in their training identity, so these names
 * stay in it for good.
 */
const PARAMETERS_OF_0_1_0: readonly string[] = [
  'hidden',
  'layers',
  'dropout',
  'input_dropout',
  'activation',
  'bias',
  'init',
  'optimizer',
  'learning_rate',
  'lr_schedule',
  'momentum',
  'nesterov',
  'weight_decay',
  'max_norm',
  'batch_size',
  'precision',
  'epochs',
  'loss',
  'loss_reduction',
  'label_smoothing',
  'class_weights',
  'patience',
  'report_every',
];

/** The parameters of this version. A later one declares its neutral value in `mlp-parameters.ts`. */
export const currentParameters: ParameterSet = {
  defaults: mlpParameters.parse({}),
  neutral: neutralMlpParameters,
};

/**
 * The parameters that a config does not name and that results depend on, each at its default. Later parameters are left
 * out while their default is neutral, so that a version with one more parameter goes on with the campaigns of the
 * versions before it.
 */
export function fixedParameters(
  named: readonly string[],
  { defaults, neutral }: ParameterSet = currentParameters,
): Parameters {
  const fixed = Object.entries(defaults).flatMap(([name, value]): [string, ParameterValue][] => {
    if (value === undefined || named.includes(name)) return [];
    const isNeutral = !PARAMETERS_OF_0_1_0.includes(name) && value === neutral[name];
    return isNeutral ? [] : [[name, value]];
  });
  return Object.fromEntries(fixed);
}
