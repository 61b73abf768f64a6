#!/usr/bin/env node
import { FitfirstError } from '../campaign/fitfirst-error.js';
import { errorStack } from '../text/error-message.js';
import { exitCodeOfError } from './exit-code.js';
import { createProgram } from './program.js';

try {
  await createProgram().parseAsync(process.argv);
} catch (error) {
  if (error instanceof FitfirstError) process.stderr.write(`${error.message}\n`);
  else {
    const words = errorStack(error);
    process.stderr.write(`This is a mistake of fitfirst's, not of yours; please report it:\n${words}\n`);
  }
  process.exitCode = exitCodeOfError(error);
}
