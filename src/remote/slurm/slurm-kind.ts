import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { defineExecutorKind } from '../../execution/kinds/executor-kind.js';
import { entryUrl } from '../../platform/entry-url.js';
import { proofOf } from '../campaign-proof.js';
import { allocatedTasks } from './slurm-allocation.js';

/** Options that decide how many workers a step has and how they are talked to; fitfirst sets them. */
const OWN = /^(-[nNio]|--(ntasks|nodes|input|output|exact|exclusive|pty|label|multi-prog)\b)/;

/** Workers in job steps of Slurm, inside the job in which the driver runs. */
export const slurmKind = defineExecutorKind({
  name: 'slurm',
  runs: ['module', 'command'],
  isRemote: true,
  schema: z
    .strictObject({
      options: z
        .array(z.string().regex(/^-/, 'expected an option of srun, such as --cpus-per-task=2'))
        .default([])
        .describe('Options of `srun` for each job step, such as its cores, memory and GPUs.'),
      at_once: z
        .int()
        .min(1)
        .max(1024)
        .optional()
        .describe('Trials at once, each in a job step. Default: the tasks of the job.'),
    })
    .describe('Workers in job steps of Slurm, inside the job in which `fitfirst run` runs.'),
  problem({ options }) {
    const own = options.find((option) => OWN.test(option));
    if (own === undefined) return null;
    return `executor.slurm.options holds ${JSON.stringify(own)}, which fitfirst sets: each step has one task.`;
  },
  async assertUsable({ options, at_once: atOnce }, beginning) {
    allocatedTasks(process.env, { ...beginning, options, atOnce });
  },
  async create({ options, at_once: atOnce }, context) {
    const { facts, places, slots, config, onStatus = () => {} } = context;
    const { folder } = places;
    const request = { name: facts.name, config: config.path, folder, options, atOnce };
    const tasks = allocatedTasks(process.env, request);
    // Loaded where it is needed: most campaigns run without Slurm.
    const { createStepExecutor } = await import('./step-executor.js');
    const main = entryUrl('../../cli/main', import.meta.url);
    const worker = [
      process.execPath,
      ...main.execArgv,
      fileURLToPath(main.url),
      'worker',
      resolve(config.path),
    ];
    const step = ['--nodes=1', '--ntasks=1', '--exact', ...options];
    return createStepExecutor({
      count: Math.min(atOnce ?? tasks, slots),
      command: {
        program: 'srun',
        args: [...step, ...worker, '--stdin', '--out', join(folder, 'workers')],
        env: process.env,
      },
      proof: proofOf(facts),
      onStatus,
    });
  },
});
