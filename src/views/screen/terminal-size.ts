import { useCallback, useSyncExternalStore } from 'react';

/** Columns and rows of a terminal. */
interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

/** The size of the terminal of now; the component is drawn anew when it changes. */
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
  const columns = useSyncExternalStore(subscribe, () => stdout.columns || 80);
  const rows = useSyncExternalStore(subscribe, () => stdout.rows || 24);
  return { columns, rows };
}
