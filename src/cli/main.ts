#!/usr/bin/env node
import module from 'node:module';
import { keepQuietOnClosedPipes } from './closed-pipes.js';
import { exitCodeOfError } from './exit-code.js';
import { formatError } from './format-error.js';

// Node 22.1 and later keep compiled code between runs; what is imported above is small.
if ('enableCompileCache' in module && typeof module.enableCompileCache === 'function')
  module.enableCompileCache();

keepQuietOnClosedPipes(process);
// A limit on the size of files (ulimit -f) would end the process without a word. Now the write fails instead.
process.on('SIGXFSZ', () => {});
process.on('uncaughtException', (error) => {
  fail(error);
  process.exit();
});

try {
  const [first = '', second] = process.argv.slice(2);
  if (['--version', '-V'].includes(first) && second === '--verbose') {
    (await import('./commands/version.js')).versionCommand();
  } else {
    const { createProgram } = await import('./program.js');
    await createProgram().parseAsync(process.argv);
  }
} catch (error) {
  fail(error);
}

function fail(error: unknown): void {
  process.stderr.write(`${formatError(error)}\n`);
  process.exitCode = exitCodeOfError(error);
}
