import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { RunListener } from '../../../src/contracts/executor/run-listener.js';
import { COMPLETE, scripted } from '../../../src/contracts/executor/scripted-trials.js';
import type { RemoteStatus } from '../../../src/execution/kinds/remote-status.js';
import type { CampaignProof } from '../../../src/remote/campaign-proof.js';
import { describeExecutor } from '../../execution/executor.contract.js';
import { scriptedProof } from '../../support/scripted-proof.js';
import { type StartedSteps, startSteps } from '../../support/start-steps.js';

/** The worker without Slurm: the same program as in a job step. */
const local = (count: number, proof: CampaignProof = scriptedProof): Promise<StartedSteps> =>
  startSteps(
    count,
    { program: process.execPath, args: ['--import', 'tsx', worker], env: process.env },
    proof,
  );
const worker = fileURLToPath(new URL('../../support/step-worker.ts', import.meta.url));

const endless = scripted('until-stopped', { epochs: 1_000_000 });

describe('trials in job steps', () => {
  describeExecutor('workers that take trials from standard input', {
    create: async (slots) => {
      const steps = await local(slots);
      await steps.until((status) => status.slots === slots);
      return steps.executor;
    },
    seedOn: () => 7,
    thrown: {
      kind: 'failed',
      code: 'error',
      message: expect.stringMatching(/^the loss went away \(scripted-trainer\.(js|ts):\d+:\d+\)$/),
    },
    withoutReport: 'The trainer ended without a report.',
  });

  it('lose the trial of a worker that is killed, and start another worker', async () => {
    await using steps = await local(1);
    await steps.until(({ slots }) => slots === 1);
    const listener = new RunListener();
    const run = steps.executor.run(endless, listener);
    await listener.firstReport();
    const [{ pid = 0 } = {}] = steps.status().workers;
    process.kill(pid, 'SIGKILL');

    expect(await run).toEqual({ kind: 'lost', message: 'A job step has ended (signal SIGKILL).' });
    await steps.until(({ slots, workers }) => slots === 1 && workers[0]?.pid !== pid);
    expect(await steps.executor.run(scripted('reports', { epochs: 3 }), new RunListener())).toEqual(COMPLETE);
  });

  it('refuse workers of another campaign, and say what differs', async () => {
    await using steps = await local(2, { ...scriptedProof, data: '1'.repeat(16) });
    await steps.until((status: RemoteStatus) => status.slots === 1 && status.workers.length === 0);

    await expect(steps.executor.run(endless, new RunListener())).rejects.toMatchObject({
      code: 'EXECUTOR_BROKEN',
      message: expect.stringContaining('the data differ'),
    });
  });
});
