import type { CampaignFacts } from '../../campaign/event.js';
import { formatSetting } from '../../campaign/format-setting.js';
import type { ParameterValue } from '../../campaign/parameters.js';
import type { Report } from '../../campaign/report.js';
import { freeParameters } from '../../campaign/search-space.js';
import type { SearchParameter } from '../../campaign/space/conditions.js';
import type { Settled, Trial } from '../../campaign/trial.js';
import type { Asked } from '../../views/model/asked-trials.js';
import { eventRecord, hparamsValue, textValue } from './event-record.js';

/** SessionLog.START: what came before it in the file counts for nothing. */
const START = 1;
/** The states of a session (api.proto). */
const STATUS = { success: 1, failure: 2 } as const;
/** Types of parameters (api.proto). */
const TYPE = { string: 1, boolean: 2, number: 3 } as const;

/** The first record of a file. */
export const fileVersion = (seconds: number): Uint8Array =>
  eventRecord({ wall_time: seconds, file_version: 'brain.Event:2' });

/** The experiment: its parameters and metrics, the campaign's metric first. */
export function experimentEvent(
  facts: CampaignFacts,
  metrics: readonly string[],
  seconds: number,
): Uint8Array {
  const names = [facts.metric.name, ...metrics.filter((name) => name !== facts.metric.name)];
  const experiment = {
    name: facts.name,
    time_created_secs: seconds,
    hparam_infos: Object.entries(facts.space).map(([name, domain]) => ({ name, ...parameterInfo(domain) })),
    metric_infos: names.map((tag) => ({ name: { tag } })),
  };
  return summary(seconds, hparamsValue('_hparams_/experiment', { experiment }));
}

/** Listed numbers have no domain, since a method may go beyond them, and TensorBoard would hide such trials. */
function parameterInfo(domain: SearchParameter): object {
  if ('min' in domain)
    return { type: TYPE.number, domain_interval: { min_value: domain.min, max_value: domain.max } };
  if (domain.kind !== 'values') return { type: TYPE.number };
  const types = new Set(domain.values.map((value) => typeof value));
  if (types.size === 1 && types.has('number')) return { type: TYPE.number };
  const type = types.size === 1 && types.has('boolean') ? TYPE.boolean : TYPE.string;
  return { type, domain_discrete: { values: domain.values.map(scalarOf) } };
}

/** The beginning of an attempt at a trial. Repeats of a setting are one group of sessions. */
export function startEvents(trial: Asked, seconds: number): Uint8Array[] {
  const { parameters } = trial.spec;
  const session_start_info = {
    hparams: Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, scalarOf(value)])),
    group_name: `${trial.stage}: ${formatSetting(parameters, Object.keys(parameters))}`,
    start_time_secs: seconds,
  };
  const again = eventRecord({ wall_time: seconds, step: 0, session_log: { status: START } });
  const start = summary(seconds, hparamsValue('_hparams_/session_start_info', { session_start_info }));
  return trial.attempts > 1 ? [again, start] : [start];
}

/** The metrics of an epoch. */
export function reportEvent({ epoch, metrics }: Report, seconds: number): Uint8Array {
  const value = Object.entries(metrics).map(([tag, simple_value]) => ({ tag, simple_value }));
  return eventRecord({ wall_time: seconds, step: epoch, summary: { value } });
}

/** The end of a trial, and a text that says what it was and how it ended. */
export function endEvents(trial: Asked<Settled>, seconds: number): Uint8Array[] {
  const status = trial.state === 'finished' ? STATUS.success : STATUS.failure;
  const session_end_info = { status, end_time_secs: seconds };
  const about = {
    trial: trial.number,
    stage: trial.stage,
    repeat: trial.spec.repeat,
    state: trial.state,
    ...endOf(trial),
  };
  const text = Object.entries(about)
    .map(([name, value]) => `- ${name}: ${value}`)
    .join('\n');
  const finals = trial.state === 'finished' ? Object.entries(trial.final ?? {}) : [];
  return [
    summary(seconds, ...finals.map(([tag, simple_value]) => ({ tag: `final/${tag}`, simple_value }))),
    summary(seconds, textValue('trial', text)),
    summary(seconds, hparamsValue('_hparams_/session_end_info', { session_end_info })),
  ].slice(finals.length === 0 ? 1 : 0);
}

function endOf(trial: Trial): Record<string, string> {
  if (trial.state === 'failed') return { reason: trial.code, message: trial.message };
  return trial.state === 'finished' || trial.state === 'stopped' ? { reason: trial.reason } : {};
}

/** Characters of a setting in the name of a folder. */
const MAX_NAME = 100;

/** The folder of a trial, which TensorBoard shows as the name of its run. */
export function trialFolder({ number, spec }: Asked, facts: CampaignFacts): string {
  const setting = formatSetting(spec.parameters, freeParameters(facts.space), ',').replaceAll(' ', '=');
  const safe = setting.replace(/[^\w.=,+-]/g, '_').slice(0, MAX_NAME);
  return `${String(number).padStart(5, '0')},${safe},repeat=${spec.repeat}`;
}

function summary(seconds: number, ...value: object[]): Uint8Array {
  return eventRecord({ wall_time: seconds, step: 0, summary: { value } });
}

/** TensorBoard has no lists. */
function scalarOf(value: ParameterValue): object {
  if (typeof value === 'number') return { number_value: value };
  if (typeof value === 'boolean') return { bool_value: value };
  return { string_value: typeof value === 'string' ? value : JSON.stringify(value) };
}
