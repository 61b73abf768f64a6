import { scriptedProgram } from '../../src/contracts/executor/scripted-program.js';
import { createThreadPool } from '../../src/execution/threads/thread-pool.js';
import { serveStep } from '../../src/remote/slurm/serve-step.js';
import { scriptedProof } from './scripted-proof.js';

/** The worker of a job step for trials of the scripted trainer: a program of its own. */
const { program, seed, metric } = scriptedProgram;
const { url, data } = program;
const { stdin: input, stdout: output } = process;
Object.defineProperty(process, 'stdout', { get: () => process.stderr });
await using executor = createThreadPool({ slots: 1, setup: { trainer: { url, data }, seed, metric } });
await serveStep({ proof: scriptedProof, executor, input, output, draining: new AbortController().signal });
