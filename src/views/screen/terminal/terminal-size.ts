import { useCallback, useSyncExternalStore } from 'react';
import type { TerminalSize } from './frame-writer.js';
import { sizeOf } from './full-screen.js';

/** The current size of the terminal; the component is redrawn when it changes. */
export function useTerminalSize(stdout: NodeJS.WriteStream): TerminalSize {
  const subscribe = useCallback(
    (listener: () => void) => {
      stdout.on('resize', listener);
      return () => {
        stdout.off('resize', listener);
      };
    },
    [stdout],
  );
  const columns = useSyncExternalStore(subscribe, () => sizeOf(stdout).columns);
  const rows = useSyncExternalStore(subscribe, () => sizeOf(stdout).rows);
  return { columns, rows };
}
