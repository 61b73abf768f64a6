import type { TrialKey } from '../../campaign/trial.js';

/** The trial that a person has selected, and how it is looked at. */
export interface Focus {
  readonly trial: TrialKey;
  /** Shown on its own, in place of the stages; otherwise only its row is marked. */
  readonly details: boolean;
  /** The screen waits for a yes or a no to stopping it. */
  readonly asking: boolean;
}

/** What a key asks of the selection. */
export type FocusKey = 'up' | 'down' | 'enter' | 'escape' | 'stop' | 'yes' | 'other';

/**
 * The selection after a key. The arrows go through the running trials, from none to the first or last and around;
 * Enter opens details, Escape closes them, then the selection. A question takes the next key, whatever it is.
 */
export function moveFocus(focus: Focus | null, key: FocusKey, running: readonly TrialKey[]): Focus | null {
  if (focus?.asking === true) return { ...focus, asking: false };
  switch (key) {
    case 'up':
    case 'down': {
      const at = focus === null ? -1 : running.indexOf(focus.trial);
      const next = key === 'down' ? at + 1 : at < 0 ? running.length - 1 : at - 1;
      const trial = running[(next + running.length) % Math.max(1, running.length)];
      return trial === undefined ? null : { trial, details: focus?.details ?? false, asking: false };
    }
    case 'enter':
      return focus && { ...focus, details: true };
    case 'escape':
      return focus?.details === true ? { ...focus, details: false } : null;
    case 'stop':
      return focus !== null && running.includes(focus.trial) ? { ...focus, asking: true } : focus;
    case 'yes':
    case 'other':
      return focus;
    default:
      return key satisfies never;
  }
}
