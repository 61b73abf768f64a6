// An executor that runs each trial in a child process.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { FitfirstError, Slots } from 'fitfirst/extend';

const child = fileURLToPath(new URL('trial-process.js', import.meta.url));

/** @param {{ slots: number, seed: number, metric: object, program: object }} options */
export function createChildProcessExecutor({ slots, ...setup }) {
  const places = new Slots(slots);
  const closed = new AbortController();

  const runTrial = (spec, { signal, onReport, from, keepCheckpoint }) =>
    new Promise((resolve, reject) => {
      const trial = fork(child, { serialization: 'advanced' });
      // The process may be ending by itself, which the callback keeps from being an error.
      const stop = () => trial.connected && trial.send({ type: 'stop' }, () => {});
      const stopping = AbortSignal.any([signal, closed.signal]);
      let outcome = { kind: 'lost', message: 'The process of the trial ended without an outcome.' };
      let failure = null;
      stopping.addEventListener('abort', stop);
      trial.on('error', reject);
      trial.on('message', ({ type, value }) => {
        if (type === 'outcome') outcome = value;
        else if (failure === null) {
          try {
            onReport(value);
          } catch (error) {
            failure = { error };
            stop();
          }
        }
      });
      trial.on('close', () => {
        stopping.removeEventListener('abort', stop);
        if (failure === null) resolve(outcome);
        else reject(failure.error);
      });
      trial.send({ type: 'start', value: { ...setup, spec, from, keepCheckpoint } });
      if (stopping.aborted) stop();
    });

  return {
    slots,
    async run(spec, options) {
      if (closed.signal.aborted) throw new FitfirstError('EXECUTOR_BROKEN', 'The executor has been closed.');
      if (options.signal.aborted) return { kind: 'stopped' };
      return places.use(() => runTrial(spec, options));
    },
    async [Symbol.asyncDispose]() {
      closed.abort();
      await places.idle();
    },
  };
}

/** To be handed to `tune` as `executor`. */
export const childProcesses = {
  name: 'child_processes',
  runs: ['module'],
  create: ({ slots, seed, facts, program }) =>
    createChildProcessExecutor({ slots, seed, metric: facts.metric, program }),
};
