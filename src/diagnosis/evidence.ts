import type { Campaign } from '../campaign/campaign.js';
import type { CampaignFacts } from '../campaign/event.js';
import type { Finding } from '../campaign/finding.js';
import type { NetworkHealth } from '../campaign/outcome.js';
import { isSameSetting, type Parameters } from '../campaign/parameters.js';
import type { StageRole } from '../campaign/plan.js';
import { mean } from '../campaign/statistics.js';
import { SettingNumbers } from '../campaign/tables/setting-numbers.js';
import { isSettled, type Settled } from '../campaign/trial.js';
import { scoredReport, trialScore } from '../campaign/trial-score.js';

/** The settled trials of one setting that have the same epochs and end by the same rule. */
export interface TrialGroup {
  readonly parameters: Parameters;
  readonly trials: readonly Settled[];
}

/** A network of the finish stage, and what was measured inside it. */
export interface MeasuredNetwork {
  readonly parameters: Parameters;
  readonly health: NetworkHealth;
}

/** What diagnoses look at. */
export interface Evidence {
  readonly campaign: Campaign;
  readonly facts: CampaignFacts;
  /** The last finding of a kind. */
  finding<Kind extends Finding['kind']>(kind: Kind): Extract<Finding, { kind: Kind }> | undefined;
  /** The settings of the stages with these roles, with full epochs (`full`) or ended at the fit (`fit`). */
  groups(ends: 'full' | 'fit', ...roles: readonly StageRole[]): readonly TrialGroup[];
  /** The networks of the finish: that of the choice, and that of its baseline if it is another one. */
  readonly networks: { readonly chosen: MeasuredNetwork | null; readonly baseline: MeasuredNetwork | null };
}

/** What is known of a campaign; null before it starts. */
export function evidenceOf(campaign: Campaign): Evidence | null {
  const { facts } = campaign;
  if (facts === null) return null;
  const findings = campaign.findings.toArray();
  const finding: Evidence['finding'] = (kind) => {
    const isOfKind = (one: Finding): one is Extract<Finding, { kind: typeof kind }> => one.kind === kind;
    return findings.filter(isOfKind).at(-1);
  };
  const known = new Map<string, readonly TrialGroup[]>();
  return {
    campaign,
    facts,
    finding,
    groups(ends, ...roles) {
      const name = [ends, ...roles].join(' ');
      const found = known.get(name) ?? groupsOf(campaign, facts, ends, roles);
      known.set(name, found);
      return found;
    },
    networks: {
      chosen: networkOf(campaign, finding('chosen')?.parameters),
      baseline: networkOf(campaign, finding('baseline')?.parameters),
    },
  };
}

function groupsOf(
  campaign: Campaign,
  facts: CampaignFacts,
  ends: 'full' | 'fit',
  roles: readonly StageRole[],
): TrialGroup[] {
  const stages = new Set(
    facts.plan.stages.filter(({ role }) => roles.includes(role)).map(({ name }) => name),
  );
  const numbers = new SettingNumbers();
  const groups = new Map<number, { parameters: Parameters; epochs: number; trials: Settled[] }>();
  for (const { stage, trials } of campaign.batches) {
    if (!stages.has(stage)) continue;
    for (const key of trials) {
      const trial = campaign.trials.get(key);
      if (!isSettled(trial) || trial.spec.finish !== null) continue;
      if ((trial.spec.until === null) !== (ends === 'full')) continue;
      const { parameters, epochs } = trial.spec;
      const name = numbers.of(parameters);
      const known = groups.get(name);
      if (known === undefined || known.epochs < epochs)
        groups.set(name, { parameters, epochs, trials: [trial] });
      else if (known.epochs === epochs && !known.trials.some((one) => one.key === key))
        known.trials.push(trial);
    }
  }
  return [...groups.values()];
}

function networkOf(campaign: Campaign, setting: Parameters | undefined): MeasuredNetwork | null {
  if (setting === undefined) return null;
  for (const key of campaign.asked) {
    const trial = campaign.trials.get(key);
    if (trial?.state !== 'finished' || trial.spec.finish === null) continue;
    const health = trial.evaluation?.health;
    const { parameters } = trial.spec;
    if (health !== undefined && isSameSetting(parameters, setting)) return { parameters, health };
  }
  return null;
}

/** The score of each repeat of a setting; repeats without a number are left out. */
export function scoresByRepeat({ trials }: TrialGroup, facts: CampaignFacts): ReadonlyMap<number, number> {
  const scores = trials.map((trial) => [trial.spec.repeat, trialScore(trial, facts)] as const);
  return new Map(scores.filter(([, score]) => Number.isFinite(score)));
}

/** The mean of any metric over the repeats of a setting, at the epoch that counts; null if no repeat has it. */
export function meanMetric({ trials }: TrialGroup, name: string, facts: CampaignFacts): number | null {
  const values = trials.flatMap((trial) =>
    trial.state === 'finished' ? (scoredReport(trial, facts)?.metrics[name] ?? []) : [],
  );
  return values.length === 0 ? null : mean(values);
}

/** The mean of a metric over the repeats of a setting at their last epochs; null if no repeat has it. */
export function meanAtEnd({ trials }: TrialGroup, name: string): number | null {
  const values = trials.flatMap((trial) =>
    trial.state === 'finished' ? (trial.reports.last()?.metrics[name] ?? []) : [],
  );
  return values.length === 0 ? null : mean(values);
}

/** By how much the second setting is worse on the repeats that both ran; null with fewer than two of them. */
export function pairedLoss(
  better: TrialGroup,
  worse: TrialGroup,
  facts: CampaignFacts,
): { readonly mean: number; readonly standardError: number } | null {
  const [mine, theirs] = [scoresByRepeat(better, facts), scoresByRepeat(worse, facts)];
  const sign = facts.metric.goal === 'minimize' ? 1 : -1;
  const differences = [...mine].flatMap(([repeat, score]) => {
    const other = theirs.get(repeat);
    return other === undefined ? [] : [sign * (other - score)];
  });
  if (differences.length < 2) return null;
  const centre = mean(differences);
  const squares = differences.reduce((sum, one) => sum + (one - centre) * (one - centre), 0);
  return { mean: centre, standardError: Math.sqrt(squares / (differences.length - 1) / differences.length) };
}
