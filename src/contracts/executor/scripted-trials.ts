import type { StopTarget } from '../../campaign/metric.js';
import type { Outcome } from '../../campaign/outcome.js';
import type { TrialSpec } from '../../campaign/trial.js';

export const COMPLETE: Outcome = { kind: 'finished', reason: 'complete', network: null };
export const STOPPED: Outcome = { kind: 'stopped' };

export interface ScriptOptions {
  readonly epochs?: number;
  readonly repeat?: number;
  readonly until?: StopTarget | null;
  readonly reports?: string;
  readonly value?: string;
  readonly channel?: string;
}

/** A trial that follows a script of the scripted trainer. Options that are not part of a spec are its parameters. */
export function scripted(
  script: string,
  { epochs = 3, repeat = 1, until = null, ...parameters }: ScriptOptions = {},
): TrialSpec {
  return { parameters: { script, ...parameters }, repeat, epochs, until, finish: null };
}

/** A trial that yields exactly these reports. */
export function giving(reports: readonly unknown[], options: ScriptOptions = {}): TrialSpec {
  return scripted('given', { epochs: 10, ...options, reports: JSON.stringify(reports) });
}
