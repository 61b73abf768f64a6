import { prepareCampaign } from '../../app/prepare-campaign.js';
import { runStep } from '../../app/remote/run-step.js';
import { runWorker } from '../../app/remote/run-worker.js';
import { displayPath } from '../../platform/display-path.js';
import { createControls } from '../../runner/controls.js';
import { withReadingLine } from '../output/progress-line.js';
import { giveRedisUrl } from '../redis-flag.js';
import { steerBySignals } from '../signals.js';

interface WorkerFlags {
  readonly redis?: string;
  readonly workers?: number | 'auto';
  readonly out?: string;
  readonly stdin?: boolean;
}

/** Takes trials of a campaign that runs elsewhere, until it is stopped. */
export async function workerCommand(configPath: string, flags: WorkerFlags): Promise<void> {
  if (flags.stdin === true) return stepCommand(configPath, flags);
  giveRedisUrl(flags.redis);
  const prepared = await withReadingLine((watch) => prepareCampaign(configPath, watch));
  const { draining, stopping, ...controls } = createControls();
  const say = (line: string): boolean => process.stdout.write(`${line}\n`);
  const releaseSignals = steerBySignals({ draining, stopping, ...controls }, () => {});
  draining.addEventListener('abort', () => say('Takes no more trials; running trials may finish.'));
  let ended = 0;
  try {
    await runWorker(prepared, {
      ...flags,
      draining,
      stopping,
      onMessage: (message) => process.stderr.write(`${message}\n`),
      onTrials: (_, done) => {
        ended = done;
      },
      onReady: ({ queue, redis, slots, folder }) =>
        say(
          `Takes trials of the queue "${queue}" at ${redis}, ${slots} at once. To stop, press Ctrl-C.` +
            (prepared.loaded.config.trainerKind.form === 'command' ? `\nLogs: ${displayPath(folder)}` : ''),
        ),
    });
    say(`Stopped after ${ended} trials.`);
  } finally {
    releaseSignals();
  }
}

/** Takes trials from standard input. Slurm sends a SIGTERM before it ends a step. */
async function stepCommand(configPath: string, { out }: WorkerFlags): Promise<void> {
  const { stdin: input, stdout: output, stderr } = process;
  // Standard output is for the driver. What trainers print there goes to standard error.
  Object.defineProperty(process, 'stdout', { get: () => stderr });
  const draining = new AbortController();
  process.on('SIGTERM', () => draining.abort());
  process.on('SIGINT', () => {});
  const prepared = await prepareCampaign(configPath);
  const onMessage = (message: string): boolean => stderr.write(`${message}\n`);
  const { signal } = draining;
  await runStep(prepared, { ...(out !== undefined && { out }), input, output, draining: signal, onMessage });
}
