import { type TrialKey, trialKey } from '../../campaign/trial.js';
import { storedText } from '../../config/stored-text.js';
import type { ProbeRecorder } from '../../forecast/probe-trials.js';
import { createControls } from '../../runner/controls.js';
import { openSession } from '../open-session.js';
import type { PreparedCampaign } from '../prepare-campaign.js';

/** A recorder that keeps a journal and files in a folder as a run does: they take their share of the cores too. */
export async function openRecorder(
  { facts, loaded }: PreparedCampaign,
  folder: string,
  slots: number,
): Promise<ProbeRecorder & AsyncDisposable> {
  const controls = createControls();
  const session = await openSession({ folder, facts, configText: storedText(loaded), controls, slots });
  const { store, networks } = session;
  // The store counts attempts when they are on disk, and the next one may begin before.
  const attempts = new Map<TrialKey, number>();
  return {
    networks,
    commit: store.commit,
    plan: (trials) =>
      store.commit({
        type: 'batch-planned',
        stage: 'forecast',
        because: 'They are timed for a forecast.',
        trials,
        ahead: [],
        findings: [],
      }),
    attemptAt(spec) {
      const trial = trialKey(facts.identity, spec);
      const attempt = (attempts.get(trial) ?? 0) + 1;
      attempts.set(trial, attempt);
      return { trial, spec, attempt };
    },
    async [Symbol.asyncDispose]() {
      await session.finish();
      await session[Symbol.asyncDispose]();
    },
  };
}
