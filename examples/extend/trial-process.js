// The process of one trial: trains, sends each report, then the outcome.
import { buildTrainer, runTrainer } from 'fitfirst/extend';

let isStopped = false;

process.on('message', async ({ type, value }) => {
  if (type === 'stop') isStopped = true;
  if (type !== 'start') return;
  const { spec, program, ...rest } = value;
  const context = { ...rest, shouldStop: () => isStopped };
  // Waits until the message is on its way, so that a stop can arrive between two reports.
  const send = (message) => new Promise((resolve) => process.send(message, () => setImmediate(resolve)));
  const trainer = await buildTrainer(program);
  const outcome = await runTrainer(trainer, spec, context, (report) =>
    send({ type: 'report', value: report }),
  );
  await send({ type: 'outcome', value: outcome });
  process.disconnect();
});
