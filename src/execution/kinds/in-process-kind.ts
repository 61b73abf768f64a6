import { z } from 'zod';
import { createInProcessExecutor } from '../in-process-executor.js';
import { buildTrainer } from '../trainer-module.js';
import { defineExecutorKind, programOf } from './executor-kind.js';

/** Trials in the calling thread, one after another between their awaits. */
export const inProcessKind = defineExecutorKind({
  name: 'in_process',
  runs: ['object', 'module'],
  schema: z.strictObject({}).describe('The main thread, for tiny campaigns and for debugging a trainer.'),
  async create(_, context) {
    const program = programOf(context, 'object', 'module');
    const { slots, seed, facts } = context;
    const trainer = program.kind === 'object' ? program.trainer : await buildTrainer(program);
    return createInProcessExecutor({ slots, trainer, seed, metric: facts.metric });
  },
});
