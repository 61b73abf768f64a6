import { type Campaign, emptyCampaign, evolve } from '../../campaign/campaign.js';
import type { CampaignEvent, CampaignFacts } from '../../campaign/event.js';
import { type Report, reachesTarget } from '../../campaign/report.js';
import { isSettled, type TrialKey, type TrialSpec, trialKey } from '../../campaign/trial.js';
import type { Method, NextTrials } from '../../methods/method.js';
import { keyedStream, type RandomStream } from '../../numeric/keyed-stream.js';

/** How a trial of a play ends. */
export type TrialEnding = 'complete' | 'diverged' | 'failed' | 'stopped';

/** What trials report and how they end, as functions of their specs alone. */
export interface TrialWorld {
  readonly reports: (spec: TrialSpec) => readonly Report[];
  readonly ending: (spec: TrialSpec, key: TrialKey) => TrialEnding;
}

export interface PlayOptions {
  /** Trials at once. */
  readonly workers: number;
  /** Decides which of the running trials ends next. */
  readonly order: number;
  /** Goes on with these events; without any, the campaign starts with its facts. */
  readonly events?: readonly CampaignEvent[];
  /** Called with each step of the method and the campaign that it belongs to. */
  readonly onStep?: (campaign: Campaign, step: ReturnType<Method['next']>) => void;
}

/** A campaign that has ended, with its events. */
export interface Played {
  readonly campaign: Campaign;
  readonly events: readonly CampaignEvent[];
}

/** Steps after which a method counts as one that does not end. */
const MAX_STEPS = 20_000;

/** Plays a campaign of the method to its end, as a runner would, without training. */
export function playMethod(
  method: Method,
  facts: CampaignFacts,
  world: TrialWorld,
  { workers, order, events: earlier = [{ type: 'campaign-started', ...facts }], onStep }: PlayOptions,
): Played {
  const events = [...earlier];
  let campaign = events.reduce(evolve, emptyCampaign);
  const commit = (event: CampaignEvent): void => {
    events.push(event);
    campaign = evolve(campaign, event);
  };
  const running = new Map<TrialKey, TrialSpec>();
  const chance = keyedStream('order of completion', order);
  for (let count = 0; count < MAX_STEPS; count++) {
    const step = method.next(campaign);
    onStep?.(campaign, step);
    if (step.kind === 'conclusion') {
      const { ending: kind, chosen, because, findings } = step;
      commit({ type: 'campaign-concluded', kind, chosen, because, findings });
      return { campaign, events };
    }
    if (!step.planned) {
      const { stage, because, trials, speculative: ahead, findings } = step;
      commit({ type: 'batch-planned', stage, because, trials, ahead, findings });
    }
    startTrials(step, campaign, running, workers, facts.identity, commit);
    const ended = oneOf([...running], chance);
    if (ended === undefined) {
      // A batch whose trials are all known needs no waiting.
      if (!step.planned) continue;
      throw new Error(`waits in the stage ${step.stage} and has no trial to wait for`);
    }
    const [key, spec] = ended;
    running.delete(key);
    for (const event of endingEvents(key, spec, campaign, world)) commit(event);
  }
  throw new Error(`has not come to an end after ${MAX_STEPS} trials`);
}

/** Starts waiting trials in the order of asking, then speculative ones, and stops those that are no longer named. */
function startTrials(
  step: NextTrials,
  campaign: Campaign,
  running: Map<TrialKey, TrialSpec>,
  workers: number,
  identity: string,
  commit: (event: CampaignEvent) => void,
): void {
  const wanted = new Map(
    [...step.unanswered, ...step.speculative].map((spec) => [trialKey(identity, spec), spec]),
  );
  for (const trial of running.keys()) {
    if (wanted.has(trial)) continue;
    running.delete(trial);
    commit({ type: 'trial-stopped', trial, reason: 'not-needed' });
  }
  for (const [key, spec] of wanted) {
    if (running.size >= workers) return;
    const trial = campaign.trials.get(key);
    if (isSettled(trial) || running.has(key)) continue;
    running.set(key, spec);
    commit({ type: 'trial-started', trial: key, attempt: (trial?.attempts ?? 0) + 1 });
  }
}

function endingEvents(
  key: TrialKey,
  spec: TrialSpec,
  campaign: Campaign,
  world: TrialWorld,
): CampaignEvent[] {
  const of = { trial: key, attempt: campaign.trials.get(key)?.attempts ?? 1 };
  const reports = world.reports(spec);
  const ending = world.ending(spec, key);
  switch (ending) {
    case 'diverged':
      return [{ type: 'trial-diverged', ...of, epoch: 1 }];
    case 'failed':
      return [{ type: 'trial-failed', ...of, code: 'exit', message: 'exit code 1' }];
    case 'stopped':
      return [{ type: 'trial-stopped', trial: key, reason: 'person' }];
    case 'complete': {
      const fitting = reports.findIndex((report) => reachesTarget(spec.until, report));
      const reported = fitting === -1 ? reports : reports.slice(0, fitting + 1);
      return [
        ...reported.map((report): CampaignEvent => ({ type: 'trial-reported', ...of, report })),
        { type: 'trial-finished', ...of, reason: fitting === -1 ? 'complete' : 'fit', evaluation: null },
      ];
    }
    default:
      return ending satisfies never;
  }
}

function oneOf<Item>(items: readonly Item[], chance: RandomStream): Item | undefined {
  return items.length === 0 ? undefined : items[chance.below(items.length)];
}
