import { useInput, useStdin } from 'ink';
import type { DriverState } from '../campaign-source.js';
import type { Commands } from '../view.js';

/**
 * Listens to the keys. `state` is asked when a key comes, because the one that was drawn may be a moment old. Without
 * a keyboard (stdin is a file or a pipe) there are no keys.
 */
export function useKeys(state: () => DriverState, commands: Commands, toggleHelp: () => void): void {
  const { isRawModeSupported } = useStdin();
  useInput(
    (input, key) => {
      if (input === '?') toggleHelp();
      else if (input === 'p') pause(state(), commands);
      else if (input === 'q' || (key.ctrl && input === 'c')) quit(state(), commands);
    },
    // Of a file or a pipe it is undefined, whatever its type says, and the library takes that for a yes.
    { isActive: Boolean(isRawModeSupported) },
  );
}

function pause(state: DriverState, commands: Commands): void {
  if (state === 'running' || state === 'paused') commands.togglePause();
}

function quit(state: DriverState, commands: Commands): void {
  if (state === 'draining' || state === 'stopping') commands.stopNow();
  else commands.drain();
}
