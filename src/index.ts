export { type RunConfigOptions, type RunResult, runConfig as runCampaign } from './app/run-config.js';
export type { Campaign } from './campaign/campaign.js';
export type { CampaignEvent, CampaignFacts, DataFacts } from './campaign/event.js';
export type { Finding } from './campaign/finding.js';
export { type ErrorCode, FitfirstError } from './campaign/fitfirst-error.js';
export type { Metric } from './campaign/metric.js';
export type { Estimate, Evaluation } from './campaign/outcome.js';
export type { Parameters, ParameterValue } from './campaign/parameters.js';
export type { Report } from './campaign/report.js';
export type { Trial, TrialKey, TrialSpec } from './campaign/trial.js';
export { type Controls, createControls } from './runner/controls.js';
export type { ModuleData, ModulePart } from './trainers/module/module-data.js';
export {
  defineTrainer,
  type ModuleContext,
  type ModuleReport,
  type ModuleTrain,
} from './trainers/module/module-trainer.js';
export { type Summary, summarise } from './views/summary/summary.js';
