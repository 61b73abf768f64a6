import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { COMPLETE, scripted } from '../../../src/contracts/executor/scripted-trials.js';
import type { Executor } from '../../../src/execution/executor.js';
import { serveStep } from '../../../src/remote/slurm/serve-step.js';
import { formatStepLine, trainMessage } from '../../../src/remote/slurm/step-message.js';
import { scriptedProof } from '../../support/scripted-proof.js';

it('gives the worker of a job step the networks of its members with the trial of a committee', async () => {
  const received: Uint8Array[] = [];
  const executor: Executor = {
    slots: 1,
    async run(_, { members = [] }) {
      received.push(...members);
      return COMPLETE;
    },
    async [Symbol.asyncDispose]() {},
  };
  const [input, output] = [new PassThrough(), new PassThrough()];
  const { signal } = new AbortController();
  const members = [Uint8Array.of(0, 255), Uint8Array.of(10)];
  const options = { signal, onReport: () => {}, members };
  input.end(formatStepLine(trainMessage(1, scripted('reports', { epochs: 1 }), options)));
  output.resume();
  await serveStep({ proof: scriptedProof, executor, input, output, draining: signal });

  expect(received).toEqual(members);
});
