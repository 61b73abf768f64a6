/** A command as the launcher is asked to start it. */
export interface CommandToStart {
  /** Program and arguments. */
  readonly argv: readonly string[];
  readonly cwd: string;
  /** The whole environment. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Milliseconds between the request to end and the end by force, where fitfirst itself is gone. */
  readonly grace: number;
}

/** To the launcher. Commands are known by a number, and so are the connections that their output goes to. */
export type LauncherTask =
  | ({
      readonly kind: 'start';
      readonly id: number;
      readonly outputs: readonly [number, number];
    } & CommandToStart)
  /** Asks for a sign of life. */
  | { readonly kind: 'ping' }
  /** Nothing is left of the command's group. */
  | { readonly kind: 'over'; readonly id: number };

/** From the launcher. */
export type LauncherNews =
  /** It can start commands. */
  | { readonly kind: 'ready' }
  /** It answers a ping. */
  | { readonly kind: 'pong' }
  | { readonly kind: 'started'; readonly id: number; readonly pid: number }
  | { readonly kind: 'not-started'; readonly id: number; readonly message: string }
  | {
      readonly kind: 'ended';
      readonly id: number;
      readonly code: number | null;
      readonly signal: NodeJS.Signals | null;
    };

/** Bytes by which a connection says its number, the first that go over it; unsigned, little-endian. */
export const NUMBER_BYTES = 4;
