import type { Running } from './command-line.js';

/**
 * Kills a command once it has printed this many lines, or lets it end before. So the moment depends on what it has
 * done, and needs no clock.
 */
export async function killAfter({ child, ended, says }: Running, lines: number): Promise<void> {
  const enough = says(new RegExp(`(?:[^\\n]*\\n){${lines}}`)).catch(() => {});
  await Promise.race([enough, ended]);
  child.kill('SIGKILL');
  await ended;
}
