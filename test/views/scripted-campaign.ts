import { type Campaign, emptyCampaign, evolve } from '../../src/campaign/campaign.js';
import type { CampaignEntry, CampaignEvent, CampaignFacts, StoredEntry } from '../../src/campaign/event.js';
import type { Evaluation } from '../../src/campaign/outcome.js';
import { type Report, reachesTarget } from '../../src/campaign/report.js';
import { isSettled, type TrialKey, type TrialSpec, trialKey } from '../../src/campaign/trial.js';
import type { Method } from '../../src/methods/method.js';
import type { DriverStatus, Snapshot } from '../../src/views/model/campaign-source.js';
import { emptyTiming, evolveTiming, type Timing } from '../../src/views/model/timing.js';

/** A campaign on made-up numbers: a method, and what every trial would say. */
export interface Script {
  readonly facts: CampaignFacts;
  readonly method: Method;
  readonly slots: number;
  /** What a trial says, epoch by epoch. */
  readonly reports: (spec: TrialSpec) => readonly Report[];
  /** Milliseconds that an epoch takes. */
  readonly pace: (spec: TrialSpec) => number;
  /** How a trial ends that does not simply finish. */
  readonly fate?: (spec: TrialSpec) => 'diverged' | 'failed' | 'stopped' | undefined;
  readonly evaluation?: (spec: TrialSpec) => Evaluation | null;
}

interface Running {
  readonly key: TrialKey;
  readonly spec: TrialSpec;
  readonly reports: readonly Report[];
  said: number;
  next: number;
}

const midnight = Date.UTC(2026, 0, 2);

/** All events of the scripted campaign, as its journal would hold them, without a clock: time is made up too. */
export function* scriptedEvents(script: Script): Generator<CampaignEntry> {
  let campaign = emptyCampaign;
  let seq = 0;
  let now = midnight;
  const running = new Map<TrialKey, Running>();
  const happen = (event: CampaignEvent): CampaignEntry => {
    campaign = evolve(campaign, event);
    seq += 1;
    return { seq, at: new Date(now).toISOString(), event };
  };
  yield happen({ type: 'campaign-started', ...script.facts });
  for (;;) {
    const step = script.method.next(campaign);
    if (step.kind === 'conclusion') {
      for (const key of running.keys())
        yield happen({ type: 'trial-stopped', trial: key, reason: 'not-needed' });
      const { ending, chosen, because, findings } = step;
      yield happen({ type: 'campaign-concluded', kind: ending, chosen, because, findings });
      return;
    }
    if (!step.planned) {
      const { stage, because, trials, speculative: ahead, findings } = step;
      yield happen({ type: 'batch-planned', stage, because, trials, ahead, findings });
    }
    const keyOf = (spec: TrialSpec): TrialKey => trialKey(script.facts.identity, spec);
    const wanted = [...step.unanswered, ...step.speculative];
    const wantedKeys = new Set(wanted.map(keyOf));
    for (const key of [...running.keys()].filter((other) => !wantedKeys.has(other))) {
      running.delete(key);
      yield happen({ type: 'trial-stopped', trial: key, reason: 'not-needed' });
    }
    while (!step.awaited.every((spec) => isSettled(campaign.trials.get(keyOf(spec))))) {
      for (const spec of wanted) {
        const key = keyOf(spec);
        if (running.size >= script.slots || running.has(key) || isSettled(campaign.trials.get(key))) continue;
        const attempt = (campaign.trials.get(key)?.attempts ?? 0) + 1;
        running.set(key, {
          key,
          spec,
          reports: script.reports(spec),
          said: 0,
          next: now + script.pace(spec),
        });
        yield happen({ type: 'trial-started', trial: key, attempt });
      }
      const soonest = [...running.values()].reduce((a, b) => (b.next < a.next ? b : a));
      now = soonest.next;
      soonest.next += script.pace(soonest.spec);
      const report = soonest.reports[soonest.said];
      soonest.said += 1;
      const attempt = campaign.trials.get(soonest.key)?.attempts ?? 1;
      const about = { trial: soonest.key, attempt } as const;
      if (report !== undefined) yield happen({ type: 'trial-reported', ...about, report });
      const fits = report !== undefined && reachesTarget(soonest.spec.until, report);
      if (!fits && report !== undefined && soonest.said < soonest.reports.length) continue;
      running.delete(soonest.key);
      yield happen(ending(script, soonest, about, fits));
    }
  }
}

function ending(
  script: Script,
  { spec, said }: Running,
  about: { readonly trial: TrialKey; readonly attempt: number },
  fits: boolean,
): CampaignEvent {
  switch (script.fate?.(spec)) {
    case 'diverged':
      return { type: 'trial-diverged', ...about, epoch: said };
    case 'failed':
      return { type: 'trial-failed', ...about, code: 'error', message: 'made up to fail' };
    case 'stopped':
      return { type: 'trial-stopped', trial: about.trial, reason: 'person' };
    case undefined:
      return {
        type: 'trial-finished',
        ...about,
        reason: fits ? 'fit' : 'complete',
        evaluation: spec.finish === null ? null : (script.evaluation?.(spec) ?? null),
      };
  }
}

/** Campaign and timing after some events. */
export function after(events: Iterable<StoredEntry>): {
  readonly campaign: Campaign;
  readonly timing: Timing;
} {
  let campaign = emptyCampaign;
  let timing = emptyTiming;
  for (const entry of events) {
    campaign = evolve(campaign, entry.event);
    timing = evolveTiming(timing, entry);
  }
  return { campaign, timing };
}

/** A source that plays events on request; listeners hear once of all that are played together. */
export class ScriptedSource {
  #snapshot: Snapshot;
  readonly #listeners = new Set<() => void>();

  constructor(driver: DriverStatus = { slots: 2, state: 'running', message: null }) {
    this.#snapshot = { ...after([]), driver };
  }

  getSnapshot = (): Snapshot => this.#snapshot;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  get listeners(): number {
    return this.#listeners.size;
  }

  play(...entries: readonly CampaignEntry[]): void {
    let { campaign, timing } = this.#snapshot;
    for (const entry of entries) {
      campaign = evolve(campaign, entry.event);
      timing = evolveTiming(timing, entry);
    }
    this.#set({ ...this.#snapshot, campaign, timing });
  }

  drive(driver: Partial<DriverStatus>): void {
    this.#set({ ...this.#snapshot, driver: { ...this.#snapshot.driver, ...driver } });
  }

  #set(snapshot: Snapshot): void {
    this.#snapshot = snapshot;
    for (const listener of this.#listeners) listener();
  }
}
