export type { CampaignRecord, TrialRecord } from './campaign/campaign-record.js';
export type { Domain } from './campaign/domain.js';
export type { CampaignEntry, CampaignEvent } from './campaign/event.js';
export type { Finding } from './campaign/finding.js';
export { FitfirstError } from './campaign/fitfirst-error.js';
export { isBetter } from './campaign/metric.js';
export type { Outcome } from './campaign/outcome.js';
export type { Report } from './campaign/report.js';
export { drawSetting, type SearchSpace } from './campaign/search-space.js';
export type { TrialSpec } from './campaign/trial.js';
export type { ContractCheck } from './contracts/contract.js';
export { executorContract } from './contracts/executor/executor-contract.js';
export type { ExecutorSubject } from './contracts/executor/executor-subject.js';
export { scriptedProgram } from './contracts/executor/scripted-program.js';
export { journalContract } from './contracts/journal/journal-contract.js';
export type {
  DurableJournal,
  ExampleEvent,
  JournalOpening,
  JournalSubject,
} from './contracts/journal/journal-subject.js';
export { methodContract } from './contracts/method/method-contract.js';
export type { MethodSubject } from './contracts/method/method-subject.js';
export { type OutletSubject, outletContract } from './contracts/outlet-contract.js';
export { sourceContract } from './contracts/source/source-contract.js';
export type {
  FileSourceSubject,
  OtherSourceSubject,
  ReferenceTable,
  SourceSubject,
} from './contracts/source/source-subject.js';
export type { RowSource } from './data/sources/row-source.js';
export type { Cells, Rows } from './data/sources/rows.js';
export type { Executor, RunOptions } from './execution/executor.js';
export type { ExecutorContext } from './execution/kinds/executor-kind.js';
export { runTrainer } from './execution/run-trainer.js';
export { Slots } from './execution/slots.js';
export type { Trainer, TrainerContext } from './execution/trainer.js';
export { buildTrainer, type TrainerModule } from './execution/trainer-module.js';
export type { TrainerProgram } from './execution/trainer-program.js';
export type { Entry, Journal, JournalHeader, JournalIdentity, ParseEvent } from './journal/journal.js';
export type { CustomExecutor } from './library/custom-executor.js';
export {
  type CustomMethod,
  type CustomMethodContext,
  type CustomProcedure,
  defineMethod,
} from './methods/custom-method.js';
export type { Ask, Batch, Collect, Conclusion, Found } from './methods/method.js';
export type { MethodPlan } from './methods/method-kind.js';
export { endingWithoutChoice } from './methods/nothing-chosen.js';
export { keyedStream } from './numeric/keyed-stream.js';
export type { Outlet } from './outlets/outlet.js';
