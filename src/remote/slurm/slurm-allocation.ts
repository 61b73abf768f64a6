import { FitfirstError } from '../../campaign/fitfirst-error.js';
import { shellWord } from '../../text/shell-word.js';

/** What a job of Slurm is asked for. */
export interface JobRequest {
  readonly name: string;
  /** The config's path, as the user can type it. */
  readonly config: string;
  /** The results folder. */
  readonly folder: string;
  /** Options of srun for each trial. */
  readonly options: readonly string[];
  /** Trials at once. */
  readonly atOnce: number | undefined;
}

const DEFAULT_TASKS = 8;
/** Options that mean the same for a job as for each of its steps. */
const PER_TASK = /^--(cpus-per-task|gpus-per-task|mem-per-cpu|mem-per-gpu|partition|account|constraint)=/;

/** The tasks of the job in which this process runs. Throws USAGE_INVALID, with a script for sbatch, outside a job. */
export function allocatedTasks(env: NodeJS.ProcessEnv, request: JobRequest): number {
  if (!env.SLURM_JOB_ID) throw outsideJob(request);
  const tasks = Number(env.SLURM_NTASKS ?? 1);
  return Number.isInteger(tasks) && tasks > 0 ? tasks : 1;
}

function outsideJob(request: JobRequest): FitfirstError {
  const tasks = request.atOnce ?? DEFAULT_TASKS;
  const perTask = request.options.filter((option) => PER_TASK.test(option));
  return new FitfirstError(
    'USAGE_INVALID',
    'The config runs trials as job steps of Slurm, and this process is not part of a job (SLURM_JOB_ID is not set). ' +
      'To try it, run the same command under salloc:\n\n' +
      `  salloc ${[`--ntasks=${tasks}`, ...perTask].join(' ')} --no-kill ` +
      `fitfirst run ${shellWord(request.config)}\n\nOr write this to job.sh, set the time limit, and submit it with ` +
      `sbatch job.sh:\n\n${sbatchScript(request, tasks, perTask)}\nSubmit it again after the time limit: the ` +
      'campaign resumes where it stopped.',
  );
}

function sbatchScript(
  { name, config, folder }: JobRequest,
  tasks: number,
  perTask: readonly string[],
): string {
  const lines = [
    '#!/bin/bash',
    `#SBATCH --job-name=${name.replaceAll(/[^\w.-]/g, '_')}`,
    `#SBATCH --ntasks=${tasks}`,
    ...perTask.map((option) => `#SBATCH ${option}`),
    '#SBATCH --time=24:00:00',
    '# If a node fails, the job goes on with the others.',
    '#SBATCH --no-kill',
    '# A minute before the limit: running trials finish or are stopped, and the journal is closed.',
    '#SBATCH --signal=B:TERM@60',
    '',
    '# exec: the signal goes to fitfirst.',
    `exec fitfirst run ${shellWord(config)} --out ${shellWord(folder)} --view plain`,
  ];
  return lines.map((line) => `${line}\n`).join('');
}
