import type { Executor } from '../../src/execution/executor.js';
import type { RemoteStatus } from '../../src/execution/kinds/remote-status.js';
import type { CampaignProof } from '../../src/remote/campaign-proof.js';
import type { StepCommand } from '../../src/remote/slurm/job-step.js';
import { createStepExecutor } from '../../src/remote/slurm/step-executor.js';
import { createStatusFeed } from './status-feed.js';

/** An executor of job steps, and what it says about them. */
export interface StartedSteps extends AsyncDisposable {
  readonly executor: Executor;
  readonly status: () => RemoteStatus;
  /** Resolves when the condition holds for what the executor says about its steps. */
  until(condition: (status: RemoteStatus) => boolean): Promise<void>;
}

/** Starts job steps with a command. */
export async function startSteps(
  count: number,
  command: StepCommand,
  proof: CampaignProof,
): Promise<StartedSteps> {
  const { onStatus, status, until } = createStatusFeed();
  const executor = createStepExecutor({
    count,
    command,
    proof,
    onStatus,
  });
  return {
    executor,
    status,
    until,
    [Symbol.asyncDispose]: () => executor[Symbol.asyncDispose](),
  };
}
