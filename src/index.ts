export type { RunEnding } from './app/run-config.js';
export type { CampaignRecord, TrialRecord } from './campaign/campaign-record.js';
export type { CampaignEntry, CampaignEvent, CampaignFacts, DataFacts } from './campaign/event.js';
export type { Finding } from './campaign/finding.js';
export { type ErrorCode, FitfirstError } from './campaign/fitfirst-error.js';
export type { Metric } from './campaign/metric.js';
export type { Estimate, Evaluation } from './campaign/outcome.js';
export type { Report } from './campaign/report.js';
export type { TrialKey, TrialSpec } from './campaign/trial.js';
export type { MemoryCell, MemoryRow } from './data/sources/memory-rows.js';
export type { Range } from './forecast/forecast.js';
export type { AskedTrial } from './library/asked-trial.js';
export type { CustomExecutor, ExecutorConfig } from './library/custom-executor.js';
export type {
  ArraysConfig,
  ColumnConfig,
  DataConfig,
  GeneratedConfig,
  SplitConfig,
  TableConfig,
} from './library/data-config.js';
export type { TuneEvent } from './library/event-stream.js';
export { type ForecastConfig, forecast, type TuneForecast } from './library/forecast.js';
export type { InlineTrainerConfig } from './library/inline-trainer.js';
export {
  loadModel,
  type Model,
  type Prediction,
} from './library/load-model.js';
export {
  type FitFirstConfig,
  fitFirst,
  grid,
  type HalvingConfig,
  type HyperbandConfig,
  halving,
  hyperband,
  type MethodConfig,
  random,
  sobol,
  type TpeConfig,
  tpe,
} from './library/methods.js';
export { open, type Study, type StudyConfig, type StudyOptions } from './library/study.js';
export { type TuneOptions, type TuneResult, type TuneRun, tune } from './library/tune.js';
export {
  type CampaignConfig,
  type CommandTrainerConfig,
  defineConfig,
  type FileTrainerConfig,
  type ModuleTrainerConfig,
  type ParameterConfig,
  type Setting,
  type SpaceConfig,
  type TrainerConfig,
} from './library/tune-config.js';
export { validate } from './library/validate.js';
export type { CustomMethod } from './methods/custom-method.js';
export type { Outlet } from './outlets/outlet.js';
export type { OutletWarning } from './outlets/outlet-group.js';
export {
  defineTrainer,
  type Parameters,
  type ParameterValue,
  type TrainContext,
  type TrainData,
  type TrainDataPart,
  type TrainFunction,
  type TrainReport,
} from './trainer.js';
export type { Summary } from './views/summary/summary.js';
