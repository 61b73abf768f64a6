import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/**
 * The folder for what fitfirst may lose at any time: `$XDG_CACHE_HOME/fitfirst`, by default `~/.cache/fitfirst` (XDG
 * Base Directory Specification; a path that is not absolute is ignored). Need not exist.
 */
export function cacheFolder(): string {
  const { XDG_CACHE_HOME: root = '' } = process.env;
  return join(isAbsolute(root) ? root : join(homedir(), '.cache'), 'fitfirst');
}
