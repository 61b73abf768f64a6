// The entry `fitfirst/trainer`: what the module of a trainer imports. It loads nothing else of fitfirst, since every
// worker thread imports it.
export type { Parameters, ParameterValue } from './campaign/parameters.js';
export type { TrainData, TrainDataPart } from './trainers/train-data.js';
export {
  defineTrainer,
  type TrainCheckpoint,
  type TrainContext,
  type TrainFunction,
  type TrainReport,
} from './trainers/train-function.js';
