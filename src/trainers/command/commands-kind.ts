import { z } from 'zod';
import { defineExecutorKind, programOf } from '../../execution/kinds/executor-kind.js';

/** Each trial as a process group of this machine, started by the launcher. */
export const commandsKind = defineExecutorKind({
  name: 'commands',
  runs: ['command'],
  schema: z.strictObject({}).describe('One process group on this machine per trial.'),
  async create(_, context) {
    const { options } = programOf(context, 'command');
    const { slots, seed, facts, places } = context;
    // Loaded where it is needed: most commands run no trials.
    const { createCommandExecutor } = await import('./command-executor.js');
    return createCommandExecutor({ slots, options, places, seed, metric: facts.metric });
  },
});
