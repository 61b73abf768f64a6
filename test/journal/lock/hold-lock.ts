import { spawn } from 'node:child_process';
import { writeSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { FitfirstError } from '../../../src/campaign/fitfirst-error.js';
import { FolderLock } from '../../../src/journal/lock/lock.js';

// A program that takes the lock of the folder in its first argument, prints `held` (or why not), and keeps it until
// its standard input ends. In its second argument: `idle`; `blocked`, which never gets back to the event loop;
// `with-thread`;
// `with-child`, which starts a program that outlives it and prints that program's process id first.
const [, , folder = '', behaviour = 'idle'] = process.argv;
const lock = await FolderLock.acquire(folder, () => new Date()).catch((error: unknown) => {
  writeSync(1, `${error instanceof FitfirstError ? error.code : String(error)}\n`);
  process.exit(1);
});
if (behaviour === 'with-thread') new Worker('setInterval(() => {}, 1000)', { eval: true });
if (behaviour === 'with-child') {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {
    detached: true,
    stdio: 'ignore',
  });
  writeSync(1, `${child.pid}\n`);
}
writeSync(1, 'held\n');
if (behaviour === 'blocked') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
process.stdin.resume();
process.stdin.on('end', async () => {
  await lock[Symbol.asyncDispose]();
  process.exit();
});
