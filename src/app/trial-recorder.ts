import { type TrialKey, type TrialSpec, trialKey } from '../campaign/trial.js';
import type { Recorder } from '../forecast/probe-trials.js';
import { createControls } from '../runner/controls.js';
import { openSession } from './open-session.js';
import type { PreparedCampaign } from './prepare-campaign.js';

/** A recorder that keeps a journal and files in a folder as a run does: workers share the cores with that. */
export async function openRecorder(
  { facts, loaded }: PreparedCampaign,
  folder: string,
  slots: number,
): Promise<Recorder & AsyncDisposable> {
  const controls = createControls();
  const session = await openSession({ folder, facts, configText: loaded.text, controls, slots });
  const { store, networks } = session;
  // The store's own count follows the disk, and these come before.
  const attempts = new Map<TrialKey, number>();
  const attemptOf = (spec: TrialSpec) => {
    const trial = trialKey(facts.identity, spec);
    return { trial, attempt: attempts.get(trial) ?? 1 };
  };
  return {
    async planned(trials) {
      const because = 'They are timed for a forecast.';
      await store.commit({
        type: 'batch-planned',
        stage: 'forecast',
        because,
        trials,
        ahead: [],
        findings: [],
      });
    },
    started(spec) {
      const trial = trialKey(facts.identity, spec);
      const attempt = (attempts.get(trial) ?? 0) + 1;
      attempts.set(trial, attempt);
      void store.commit({ type: 'trial-started', trial, attempt });
    },
    reported(spec, report) {
      void store.commit({ type: 'trial-reported', ...attemptOf(spec), report });
    },
    async ended(spec, outcome) {
      const of = attemptOf(spec);
      if (outcome.kind !== 'finished') {
        return store.commit({ type: 'attempt-lost', ...of, message: outcome.kind });
      }
      const { network, reason } = outcome;
      if (network !== null) await networks.save(of.trial, network);
      await store.commit({ type: 'trial-finished', ...of, reason, evaluation: network?.evaluation ?? null });
    },
    async [Symbol.asyncDispose]() {
      await session.finish();
      await session[Symbol.asyncDispose]();
    },
  };
}
