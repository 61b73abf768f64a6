import type { ExecutorKind } from '../execution/kinds/executor-kind.js';
import { inProcessKind } from '../execution/kinds/in-process-kind.js';
import { threadsKind } from '../execution/kinds/threads-kind.js';
import { bullmqKind } from '../remote/bullmq-kind.js';
import { slurmKind } from '../remote/slurm/slurm-kind.js';
import { commandsKind } from '../trainers/command/commands-kind.js';

/** The executors that a config can name. A new one is a file and a line here. */
export const executorKinds: readonly ExecutorKind[] = [
  threadsKind,
  inProcessKind,
  commandsKind,
  bullmqKind,
  slurmKind,
];
