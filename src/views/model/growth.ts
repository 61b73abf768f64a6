import type { Campaign } from '../../campaign/campaign.js';
import { canonicalJson } from '../../campaign/canonical-json.js';
import type { Finding } from '../../campaign/finding.js';
import type { Goal } from '../../campaign/metric.js';
import type { ParameterValue } from '../../campaign/parameters.js';
import type { PlannedDepth, PlannedGrowth } from '../../campaign/plan.js';
import { metricIn } from '../../campaign/report.js';
import { magnitude } from '../../campaign/space/sizes.js';
import { isSettled } from '../../campaign/trial.js';
import { lastReport } from '../../campaign/trial-score.js';
import { meanOfSetting, type StageSetting, stageSettings, trialsOf } from './settings.js';
import { stagesFor } from './stages.js';
import { valuesOf } from './varied-parameters.js';

/** One value of the grown parameter, and what is known of it. */
export interface GrownSize {
  readonly size: ParameterValue;
  /** The value of the depth parameter; null where depth does not grow. */
  readonly depth: number | null;
  readonly state: 'to-come' | 'trying' | 'fits' | 'does-not-fit' | 'grown-on';
  /**
   * Repeats that reached the target, of those that have ended: with the setting that was judged or, while the size is
   * being tried, with the one that has most of them.
   */
  readonly fit: number;
  readonly ran: number;
  /** The epochs of its longest trial that searches for a fit; null if none was asked for. */
  readonly epochs: number | null;
  /** The training metric: the mean over repeats, or the best so far while it is being tried. */
  readonly training: number | null;
  /** The campaign's metric over trials that ran their full epochs. */
  readonly validation: number | null;
}

/** The growth of a campaign. */
export interface GrowthCurve {
  readonly parameter: string;
  /** What grows where larger sizes stop to help; null where nothing does. */
  readonly depth: string | null;
  /** The metric of the training part that has to reach a target. */
  readonly metric: string;
  readonly sizes: readonly GrownSize[];
  /** Whether trials that still learn go on with more epochs. */
  readonly goesOn: boolean;
  /** Why growth ended, the last reason last; empty before it ended, and where the sizes say it. */
  readonly ended: readonly string[];
}

type SizeFinding = Extract<Finding, { kind: 'size' }>;

/** The growth so far, and the sizes to come; null for methods that do not grow. */
export function growthOf(campaign: Campaign): GrowthCurve | null {
  const plan = campaign.facts?.plan.growth ?? null;
  if (plan === null) return null;
  const { parameter, goal } = plan;
  const stages = stagesFor(campaign, 'grow');
  const settings = stageSettings(campaign).filter(({ stage }) => stages.includes(stage));
  const findings = campaign.findings.toArray().filter((found): found is SizeFinding => found.kind === 'size');
  const { depth = null } = plan;
  const steps = depth === null ? [null] : depthsOf(settings, depth);
  const sizes = steps.flatMap((layers, i) => {
    const own =
      depth === null ? settings : settings.filter(({ parameters }) => parameters[depth.parameter] === layers);
    // Sizes to come are those of the first depth: with which one a later depth begins is not known before.
    return sizesOf(own, i === 0 ? plan.sizes : [], plan).map((size) => ({ size, depth: layers, own }));
  });
  return {
    ended: campaign.findings
      .toArray()
      .flatMap((found) => (found.kind === 'growth-ended' ? found.because : [])),
    parameter,
    metric: plan.metric,
    depth: depth?.parameter ?? null,
    goesOn: plan.maxEpochs !== undefined,
    sizes: sizes.map(({ size, depth: layers, own }) => {
      const text = canonicalJson(size);
      const of = own.filter(({ parameters }) => canonicalJson(parameters[parameter] ?? null) === text);
      const found = findings.find(
        (finding) => canonicalJson(finding.size) === text && (finding.depth ?? null) === layers,
      );
      return { ...grownSize(campaign, goal, size, of, found), depth: layers };
    }),
  };
}

/** The values of the depth parameter that were tried, the first one in any case. */
function depthsOf(settings: readonly StageSetting[], { parameter, values }: PlannedDepth): number[] {
  const tried = valuesOf(settings, parameter);
  return values.filter((value, i) => i === 0 || tried.includes(value));
}

/** Sizes that were tried or are to come. A method that has no end of sizes goes beyond those of its plan. */
function sizesOf(
  settings: readonly StageSetting[],
  planned: readonly ParameterValue[],
  { parameter, open, depth }: PlannedGrowth,
): ParameterValue[] {
  const all = [...planned, ...valuesOf(settings, parameter)];
  const distinct = [...new Map(all.map((size) => [canonicalJson(size), size])).values()];
  return open === null && depth === undefined ? distinct : bySize(distinct);
}

const bySize = (sizes: readonly ParameterValue[]): ParameterValue[] =>
  [...sizes].sort((a, b) => magnitude(a) - magnitude(b));

function grownSize(
  campaign: Campaign,
  goal: Goal,
  size: ParameterValue,
  settings: readonly StageSetting[],
  found: SizeFinding | undefined,
): Omit<GrownSize, 'depth'> {
  const searched = settings.filter(({ until }) => until !== null);
  const full = settings.filter(({ until }) => until === null);
  const trials = searched.flatMap((setting) => trialsOf(campaign, setting));
  const values = trials.flatMap(
    (trial) => metricIn(lastReport(trial)?.metrics, trial.spec.until?.metric ?? '') ?? [],
  );
  const best = values.length === 0 ? null : goal === 'maximize' ? Math.max(...values) : Math.min(...values);
  const { facts } = campaign;
  const means =
    facts === null ? [] : full.flatMap((setting) => meanOfSetting(campaign, setting, facts)?.mean ?? []);
  return {
    size,
    state: stateOf(settings, searched, found),
    ...repeatsOf(campaign, searched, found),
    epochs: trials.length === 0 ? null : Math.max(...trials.map(({ spec }) => spec.epochs)),
    training: found?.training?.mean ?? best,
    validation: means[0] ?? null,
  };
}

function repeatsOf(
  campaign: Campaign,
  searched: readonly StageSetting[],
  found: SizeFinding | undefined,
): Pick<GrownSize, 'fit' | 'ran'> {
  const counts = searched.map((setting) => {
    const settled = trialsOf(campaign, setting).filter(isSettled);
    const fit = settled.filter((trial) => trial.state === 'finished' && trial.reason === 'fit').length;
    return { fit, ran: settled.length };
  });
  const [most = { fit: 0, ran: 0 }] = counts.sort((a, b) => b.fit - a.fit || b.ran - a.ran);
  return { fit: found?.repeatsFit ?? most.fit, ran: found?.training?.repeats ?? most.ran };
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
