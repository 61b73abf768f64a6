import { spawn } from 'node:child_process';
import { leaveFullScreen } from './full-screen.js';

/** Waits for the end of its input, which comes when this process ends for any reason. */
const script = 'read -r _; printf %b "$0"';

/**
 * A small shell that restores the terminal if this process is killed in a way that it cannot answer: `kill -9`, no
 * memory left, a crash of the engine. Returns the way to dismiss it. Where there is no shell, there is no guard.
 */
export function guardTerminal(): () => void {
  const octal = leaveFullScreen.replaceAll('\u001b', '\\0033');
  // A group of its own: what kills the whole job must not kill the guard.
  const guard = spawn('sh', ['-c', script, octal], { stdio: ['pipe', 'inherit', 'ignore'], detached: true });
  guard.on('error', () => {});
  guard.stdin?.on('error', () => {});
  guard.unref();
  if (guard.stdin !== null && 'unref' in guard.stdin && typeof guard.stdin.unref === 'function')
    guard.stdin.unref();
  return () => void guard.kill('SIGKILL');
}
