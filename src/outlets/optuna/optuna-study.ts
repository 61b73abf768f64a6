import type { Campaign } from '../../campaign/campaign.js';
import type { CampaignEntry, CampaignFacts } from '../../campaign/event.js';
import { formatSetting } from '../../campaign/format-setting.js';
import type { ParameterValue } from '../../campaign/parameters.js';
import { isSettled, type Trial, type TrialKey } from '../../campaign/trial.js';
import { type Asked, askedTrials, isAsked } from '../../views/model/asked-trials.js';
import type { TimedAttempt } from '../../views/model/attempts/timed-attempt.js';
import type { Timing } from '../../views/model/timing.js';
import { type OptunaParameter, optunaParameter } from './distributions.js';
import { OPTUNA_STATE, optunaTrial } from './optuna-trial.js';

/** Operations in a journal of Optuna (`JournalOperation`). */
const OPERATION = {
  createStudy: 0,
  deleteStudy: 1,
  setStudyAttribute: 2,
  createTrial: 4,
  setTrialState: 6,
  setIntermediateValue: 7,
  setTrialAttribute: 8,
} as const;

/** What the lines are made from: a campaign and its times. */
interface StudyState {
  readonly campaign: Campaign;
  readonly timing: Timing;
}

type Phase = 'waiting' | 'running' | 'ended';

/**
 * The lines of a journal of Optuna (`JournalFileStorage`) that follow from a campaign's entries: a study of the
 * campaign's name, whose trials have the campaign's numbers, less one. What Optuna cannot change in place, such as a
 * distribution or a trial that has ended and runs again, makes it begin the study again under the same name. The same
 * entries give the same lines.
 */
export class OptunaStudy {
  /** Studies and trials that were created so far: Optuna counts those that were deleted, too. */
  #studies = 0;
  #trials = 0;
  #parameters = new Map<string, OptunaParameter>();
  readonly #shown = new Map<TrialKey, { readonly id: number; phase: Phase }>();

  /** The lines that follow from an entry, each with its line break. `state` is what it is after the entry. */
  linesFor({ at, event }: CampaignEntry, state: StudyState): string {
    const { facts } = state.campaign;
    if (facts === null) return '';
    const lines: object[] = [];
    switch (event.type) {
      case 'campaign-started':
      case 'campaign-extended':
      case 'trial-reopened':
        lines.push(...this.#begin(state, facts));
        break;
      case 'batch-planned':
        lines.push(...this.#add(state, facts));
        break;
      case 'campaign-resumed':
        for (const [key, { phase }] of this.#shown)
          if (phase === 'running') lines.push(...this.#change(state.campaign.trials.get(key), at, facts));
        break;
      case 'campaign-concluded':
        lines.push(...this.#conclude(state.campaign));
        break;
      default:
        lines.push(...this.#change(state.campaign.trials.get(event.trial), at, facts));
    }
    return lines.map((line) => `${JSON.stringify({ ...line, worker_id: 'fitfirst' })}\n`).join('');
  }

  /** The study from its beginning, with all trials as they are. */
  #begin({ campaign, timing }: StudyState, facts: CampaignFacts): object[] {
    const lines: object[] = [];
    if (this.#studies > 0) lines.push({ op_code: OPERATION.deleteStudy, study_id: this.#studies - 1 });
    this.#shown.clear();
    const { name: study_name, metric, method, seed, identity } = facts;
    const directions = [metric.goal === 'minimize' ? 1 : 2];
    lines.push({ op_code: OPERATION.createStudy, study_name, directions });
    const study_id = this.#studies;
    this.#studies += 1;
    const attributes = { method, metric: metric.name, seed, identity, checkpoint: facts.checkpoint };
    for (const [name, value] of Object.entries(attributes))
      lines.push({ op_code: OPERATION.setStudyAttribute, study_id, user_attr: { [name]: value } });
    const asked = [...askedTrials(campaign)];
    this.#parameters = parametersFor(facts, asked);
    const attempts = lastAttempts(timing);
    for (const trial of asked) lines.push(this.#create(trial, facts, attempts));
    return lines;
  }

  /** Trials that the method has just asked for. */
  #add(state: StudyState, facts: CampaignFacts): object[] {
    const { campaign, timing } = state;
    const added = campaign.asked.slice(this.#shown.size).flatMap((key) => {
      const trial = campaign.trials.get(key);
      return trial !== undefined && isAsked(trial) ? [trial] : [];
    });
    const isHeld = ([name, value]: [string, ParameterValue]): boolean =>
      typeof this.#parameters.get(name)?.numberOf(value) === 'number';
    if (!added.every(({ spec }) => Object.entries(spec.parameters).every(isHeld)))
      return this.#begin(state, facts);
    // A trial that ran before it was asked for has times already.
    const hasBegun = added.some(({ attempts }) => attempts > 0);
    const attempts = hasBegun ? lastAttempts(timing) : new Map<TrialKey, TimedAttempt>();
    return added.map((trial) => this.#create(trial, facts, attempts)).toArray();
  }

  #create(trial: Asked, facts: CampaignFacts, attempts: ReadonlyMap<TrialKey, TimedAttempt>): object {
    this.#shown.set(trial.key, { id: this.#trials, phase: phaseOf(trial) });
    this.#trials += 1;
    const { state, value, attributes, curve } = optunaTrial(trial, facts);
    const attempt = trial.state === 'waiting' ? undefined : attempts.get(trial.key);
    const ended = isSettled(trial) ? (attempt?.ended ?? attempt?.started ?? null) : null;
    const parameters = Object.entries(trial.spec.parameters);
    const isEnded = state !== OPTUNA_STATE.waiting && state !== OPTUNA_STATE.running;
    return {
      op_code: OPERATION.createTrial,
      study_id: this.#studies - 1,
      state,
      value,
      values: null,
      datetime_start: attempt === undefined ? null : optunaTime(attempt.started),
      ...(isEnded && ended !== null && { datetime_complete: optunaTime(ended) }),
      distributions: Object.fromEntries(
        parameters.map(([name]) => [name, this.#parameters.get(name)?.json ?? '']),
      ),
      params: Object.fromEntries(
        parameters.map(([name, given]) => [name, this.#parameters.get(name)?.numberOf(given) ?? null]),
      ),
      user_attrs: attributes,
      system_attrs: {},
      intermediate_values: Object.fromEntries(curve),
    };
  }

  /** The step of a trial from what was shown of it to what it is now. */
  #change(trial: Trial | undefined, at: string, facts: CampaignFacts): object[] {
    const shown = trial && this.#shown.get(trial.key);
    if (trial === undefined || shown === undefined || !isAsked(trial)) return [];
    const phase = phaseOf(trial);
    if (phase === shown.phase || shown.phase === 'ended') return [];
    shown.phase = phase;
    const about = { trial_id: shown.id };
    const { state, value, attributes, curve } = optunaTrial(trial, facts);
    const time = optunaTime(Date.parse(at));
    const change = { op_code: OPERATION.setTrialState, ...about, state };
    if (phase === 'running') return [{ ...change, values: null, datetime_start: time }];
    if (phase === 'waiting') return [{ ...change, values: null }];
    return [
      ...curve.map(([step, intermediate_value]) => ({
        op_code: OPERATION.setIntermediateValue,
        ...about,
        step,
        intermediate_value,
      })),
      ...Object.entries(attributes).map(([name, attribute]) => ({
        op_code: OPERATION.setTrialAttribute,
        ...about,
        user_attr: { [name]: attribute },
      })),
      { ...change, values: value === null ? null : [value], datetime_complete: time },
    ];
  }

  #conclude({ conclusion, trials }: Campaign): object[] {
    if (conclusion === null) return [];
    const chosen = conclusion.chosen === null ? undefined : trials.get(conclusion.chosen);
    const parameters = chosen?.spec.parameters ?? {};
    const attributes = {
      conclusion: conclusion.kind,
      because: conclusion.because,
      ...(chosen !== undefined && { chosen: formatSetting(parameters, Object.keys(parameters)) }),
    };
    const study_id = this.#studies - 1;
    return Object.entries(attributes).map(([name, value]) => ({
      op_code: OPERATION.setStudyAttribute,
      study_id,
      user_attr: { [name]: value },
    }));
  }
}

const phaseOf = (trial: Trial): Phase =>
  isSettled(trial) ? 'ended' : trial.state === 'running' ? 'running' : 'waiting';

/** The parameters of the space, with all values that trials have. */
function parametersFor(facts: CampaignFacts, trials: readonly Asked[]): Map<string, OptunaParameter> {
  const seen = new Map<string, ParameterValue[]>();
  for (const { spec } of trials)
    for (const [name, value] of Object.entries(spec.parameters)) {
      const values = seen.get(name);
      if (values === undefined) seen.set(name, [value]);
      else values.push(value);
    }
  const names = new Set([...Object.keys(facts.space), ...seen.keys()]);
  return new Map(
    [...names].map((name) => {
      const values = seen.get(name) ?? [];
      const domain = facts.space[name] ?? { kind: 'values', values: [], probabilities: null };
      return [name, optunaParameter(domain, values)];
    }),
  );
}

function lastAttempts({ attempts }: Timing): Map<TrialKey, TimedAttempt> {
  return new Map(attempts.toArray().map((attempt) => [attempt.trial, attempt]));
}

/** A time in milliseconds since 1970 as Optuna reads it: without a zone; here it is UTC. */
function optunaTime(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, -1)}000`;
}
