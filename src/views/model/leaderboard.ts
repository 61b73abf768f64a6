import type { Campaign } from '../../campaign/campaign.js';
import { canonicalJson } from '../../campaign/canonical-json.js';
import { isBetter } from '../../campaign/metric.js';
import { isSameSetting, type Parameters } from '../../campaign/parameters.js';
import type { StageRole } from '../../campaign/plan.js';
import { isSettled, isStoppedEarly } from '../../campaign/trial.js';
import { lastFinding } from '../summary/decisions.js';
import { adjustedWithinStages } from './adjusted-settings.js';
import { longestSettings, meanOfSetting, type StageSetting, stageSettings, trialsOf } from './settings.js';
import { roleOf } from './stages.js';
import { variedInStage } from './varied-parameters.js';

/** A setting that is compared with others by the metric. */
export interface Contender {
  readonly parameters: Parameters;
  /** The epochs of its trials: more than of those that did not go on. */
  readonly epochs: number;
  /** Whether other settings have more or fewer. */
  readonly hasOwnLength: boolean;
  /** The mean over the repeats that have ended; null before the first. */
  readonly mean: number | null;
  /** The mean adjusted for the repeats that it ran on: what to compare settings by that ran on different repeats. */
  readonly adjusted: number | null;
  readonly standardError: number | null;
  /** Repeats that have ended, of those asked for. */
  readonly ended: number;
  readonly asked: number;
  readonly running: number;
  /** Repeats that ended without a result, of those that have ended. */
  readonly failed: number;
  readonly diverged: number;
  /** Repeats that were stopped early. Such a setting cannot win. */
  readonly stoppedEarly: number;
  /** Whether it is on the Pareto front that the method found. */
  readonly onFront: boolean;
  readonly best: boolean;
  /** The best of those without dropout: what the best has to beat. */
  readonly baseline: boolean;
}

/** The settings of a stage, side by side. */
export interface Leaderboard {
  readonly stage: string;
  readonly role: StageRole;
  /** Parameters in which the settings differ, in the order of the config. */
  readonly names: readonly string[];
  /** In the order in which they were asked for. */
  readonly contenders: readonly Contender[];
}

/** The comparison that a stage makes; null for stages that compare nothing. */
export function leaderboardOf(campaign: Campaign, stage: string): Leaderboard | null {
  const { facts } = campaign;
  const role = roleOf(campaign, stage);
  if (facts === null || role === null || role === 'grow') return null;
  const settings = longestSettings(stageSettings(campaign).filter((setting) => setting.stage === stage));
  if (settings.length < 2) return null;
  const adjusted = adjustedWithinStages(campaign, settings, facts);
  const all = settings.map((setting) => contender(campaign, setting, adjusted.get(setting) ?? null));
  const best = bestOf(all, facts.metric.goal);
  const hasOwnLength = all.some(({ epochs }) => epochs !== all[0]?.epochs);
  const off = offValues(campaign);
  const without = all.filter(({ parameters }) => off !== null && isOff(parameters, off));
  const baseline = bestOf(without, facts.metric.goal);
  const front = lastFinding(campaign, 'front')?.settings ?? [];
  const isOnFront = (one: Contender): boolean =>
    role === 'search' && front.some(({ parameters }) => isSameSetting(parameters, one.parameters));
  return {
    stage,
    role,
    names: variedInStage(campaign, stage),
    contenders: all.map((one) => ({
      ...one,
      hasOwnLength,
      onFront: isOnFront(one),
      best: one === best,
      baseline: one === baseline,
    })),
  };
}

/**
 * The contenders in the order of merit: those with more epochs first, then with more repeats, then those that were not
 * stopped early, then by their means.
 */
export function ranked(contenders: readonly Contender[], goal: 'minimize' | 'maximize'): Contender[] {
  return [...contenders].sort((a, b) => {
    if (a.epochs !== b.epochs) return b.epochs - a.epochs;
    if (a.asked !== b.asked) return b.asked - a.asked;
    const isCut = Number(a.stoppedEarly > 0) - Number(b.stoppedEarly > 0);
    if (isCut !== 0) return isCut;
    const [meanA, meanB] = [a.mean ?? Number.NaN, b.mean ?? Number.NaN];
    return isBetter(goal, meanA, meanB) ? -1 : isBetter(goal, meanB, meanA) ? 1 : 0;
  });
}

function contender(campaign: Campaign, setting: StageSetting, adjusted: number | null): Contender {
  const trials = trialsOf(campaign, setting);
  const mean = campaign.facts && meanOfSetting(campaign, setting, campaign.facts);
  return {
    parameters: setting.parameters,
    epochs: setting.epochs,
    hasOwnLength: false,
    mean: mean?.mean ?? null,
    adjusted,
    standardError: mean?.standardError ?? null,
    ended: trials.filter(isSettled).length,
    asked: trials.length,
    running: trials.filter(({ state }) => state === 'running').length,
    failed: trials.filter(({ state }) => state === 'failed').length,
    diverged: trials.filter(({ state }) => state === 'diverged').length,
    stoppedEarly: trials.filter(isStoppedEarly).length,
    onFront: false,
    best: false,
    baseline: false,
  };
}

function bestOf(contenders: readonly Contender[], goal: 'minimize' | 'maximize'): Contender | undefined {
  return ranked(contenders, goal).find(({ mean }) => mean !== null && Number.isFinite(mean));
}

/** The regularisers at their off values; null for methods without a baseline, and where a value is not known. */
function offValues({ facts }: Campaign): Parameters | null {
  const regularisers = facts?.plan.regularisers ?? [];
  const known = regularisers.flatMap(({ name, off }) => (off === null ? [] : [[name, off] as const]));
  const isKnown = known.length > 0 && known.length === regularisers.length;
  return isKnown ? Object.fromEntries(known) : null;
}

function isOff(parameters: Parameters, off: Parameters): boolean {
  return Object.entries(off).every(
    ([name, value]) => canonicalJson(parameters[name] ?? null) === canonicalJson(value),
  );
}
