import { type Key, useInput, useStdin } from 'ink';
import { useRef, useState } from 'react';
import type { TrialKey } from '../../campaign/trial.js';
import type { DriverState } from '../campaign-source.js';
import type { Commands } from '../view.js';
import { type Focus, type FocusKey, moveFocus } from './focus.js';

/**
 * Listens to the keys, and gives the trial that is selected with them. `state` and `running` are asked when a key
 * comes, because what was drawn may be a moment old. Without a keyboard (stdin is a file or a pipe) there are no keys.
 */
export function useKeys(
  state: () => DriverState,
  commands: Commands,
  running: () => readonly TrialKey[],
  toggleHelp: () => void,
): Focus | null {
  const { isRawModeSupported } = useStdin();
  const [drawn, setDrawn] = useState<Focus | null>(null);
  // Keys may come faster than they are drawn.
  const focus = useRef<Focus | null>(null);
  useInput(
    (input, key) => {
      const before = focus.current;
      const pressed = focusKey(input, key, state());
      if (before?.asking === true && pressed === 'yes') commands.stopTrial(before.trial);
      focus.current = moveFocus(before, pressed, running());
      setDrawn(focus.current);
      if (key.ctrl && input === 'c') quit(state(), commands);
      else if (before?.asking === true) return;
      else if (input === '?') toggleHelp();
      else if (input === 'p') pause(state(), commands);
      else if (input === 'q') quit(state(), commands);
    },
    // Of a file or a pipe it is undefined, whatever its type says, and the library takes that for a yes.
    { isActive: Boolean(isRawModeSupported) },
  );
  return drawn;
}

/** Whoever only looks on cannot stop a trial. */
function focusKey(input: string, key: Key, state: DriverState): FocusKey {
  if (key.upArrow) return 'up';
  if (key.downArrow) return 'down';
  if (key.return) return 'enter';
  if (key.escape) return 'escape';
  if (input === 'k') return canStop(state) ? 'stop' : 'other';
  return input === 'y' ? 'yes' : 'other';
}

/** Whether trials run in this process. */
export function canStop(state: DriverState): boolean {
  return state === 'running' || state === 'paused' || state === 'draining';
}

function pause(state: DriverState, commands: Commands): void {
  if (state === 'running' || state === 'paused') commands.togglePause();
}

function quit(state: DriverState, commands: Commands): void {
  if (state === 'draining' || state === 'stopping') commands.stopNow();
  else commands.drain();
}
