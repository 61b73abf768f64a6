import type { Campaign } from '../../campaign/campaign.js';
import { canonicalJson, type Json } from '../../campaign/canonical-json.js';
import type { Finding } from '../../campaign/finding.js';
import type { ParameterValue } from '../../campaign/parameters.js';
import { isSettled } from '../../campaign/trial.js';
import { lastReport } from '../../campaign/trial-score.js';
import { meanOfSetting, type StageSetting, stageSettings, trialsOf } from './settings.js';
import { variedAmong } from './varied-parameters.js';

/** One value of the grown parameter, and what is known of it. */
export interface GrownSize {
  readonly size: ParameterValue;
  readonly state: 'to-come' | 'trying' | 'fits' | 'does-not-fit' | 'grown-on';
  /** Repeats that reached the target, of those that have ended. */
  readonly fit: number;
  readonly ran: number;
  /** The training metric: the mean over repeats, or the best so far while it is being tried. */
  readonly training: number | null;
  /** The campaign's metric over trials that ran their full epochs. */
  readonly validation: number | null;
}

/** The growth of a fit-first campaign. */
export interface GrowthCurve {
  readonly parameter: string;
  /** The metric of the training part that has to reach a target; null before a trial was planned. */
  readonly metric: string | null;
  readonly sizes: readonly GrownSize[];
}

type SizeFinding = Extract<Finding, { kind: 'size' }>;

/** The stage of the growth. */
export const growStage = 'grow';

/** The growth so far, and the sizes to come where the config names them; null for methods that do not grow. */
export function growthOf(campaign: Campaign): GrowthCurve | null {
  if (campaign.facts?.stages.includes(growStage) !== true) return null;
  const settings = stageSettings(campaign).filter(({ stage }) => stage === growStage);
  const findings = campaign.findings.toArray().filter((found): found is SizeFinding => found.kind === 'size');
  const plan = growPlan(campaign.facts.config);
  const parameter =
    findings[0]?.parameter ??
    plan.parameter ??
    variedAmong(
      settings.map(({ parameters }) => parameters),
      campaign.facts.parameters,
    )[0];
  if (parameter === undefined) return null;
  const sizes = new Map<string, ParameterValue>();
  const visited = settings.flatMap(({ parameters }) => parameters[parameter] ?? []);
  for (const size of [...plan.sizes, ...visited]) sizes.set(canonicalJson(size), size);
  return {
    parameter,
    metric: settings.find(({ until }) => until !== null)?.until ?? null,
    sizes: [...sizes].map(([text, size]) => {
      const of = settings.filter(({ parameters }) => canonicalJson(parameters[parameter] ?? null) === text);
      const found = findings.find((finding) => canonicalJson(finding.size) === text);
      return grownSize(campaign, size, of, found);
    }),
  };
}

function grownSize(
  campaign: Campaign,
  size: ParameterValue,
  settings: readonly StageSetting[],
  found: SizeFinding | undefined,
): GrownSize {
  const searched = settings.filter(({ until }) => until !== null);
  const full = settings.filter(({ until }) => until === null);
  const trials = searched.flatMap((setting) => trialsOf(campaign, setting));
  const settled = trials.filter(isSettled);
  const values = trials.flatMap((trial) => lastReport(trial)?.metrics[trial.spec.until?.metric ?? ''] ?? []);
  const best = values.length === 0 ? null : Math.max(...values);
  const { facts } = campaign;
  const means =
    facts === null ? [] : full.flatMap((setting) => meanOfSetting(campaign, setting, facts)?.mean ?? []);
  return {
    size,
    state: stateOf(settings, searched, found),
    fit:
      found?.repeatsFit ??
      settled.filter((trial) => trial.state === 'finished' && trial.reason === 'fit').length,
    ran: found?.training?.repeats ?? settled.length,
    training: found?.training?.mean ?? best,
    validation: means[0] ?? null,
  };
}

function stateOf(
  settings: readonly StageSetting[],
  searched: readonly StageSetting[],
  found: SizeFinding | undefined,
): GrownSize['state'] {
  if (found !== undefined) return found.fits ? 'fits' : 'does-not-fit';
  if (searched.length > 0) return 'trying';
  return settings.length > 0 ? 'grown-on' : 'to-come';
}

/** What the config says of the growth, as far as it can be made out: the parameter, and its values in rising order. */
function growPlan(config: Json): { readonly parameter?: string; readonly sizes: readonly ParameterValue[] } {
  const grow = member(member(config, 'method'), 'grow');
  if (typeof grow !== 'string') return { sizes: [] };
  const values = member(member(member(config, 'parameters'), grow), 'values');
  const sizes = Array.isArray(values) ? values.filter(isParameterValue) : [];
  return { parameter: grow, sizes: sizes.sort((a, b) => Number(a) - Number(b)) };
}

function member(json: Json | undefined, name: string): Json | undefined {
  return json !== undefined && isRecord(json) ? json[name] : undefined;
}

function isRecord(json: Json): json is { readonly [key: string]: Json } {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

function isParameterValue(json: unknown): json is ParameterValue {
  if (Array.isArray(json)) return json.every((entry) => !Array.isArray(entry) && isParameterValue(entry));
  return typeof json === 'number' || typeof json === 'string' || typeof json === 'boolean';
}
