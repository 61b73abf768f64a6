import assert from 'node:assert/strict';
import type { Outcome } from '../../campaign/outcome.js';
import type { Executor } from '../../execution/executor.js';
import { SlotQueue } from '../../execution/slot-queue.js';
import type { ExecutorSubject } from './executor-subject.js';
import { RunListener } from './run-listener.js';
import { STOPPED, scripted } from './scripted-trials.js';

export async function keepsToSlots(executor: Executor): Promise<void> {
  const listeners = Array.from({ length: 4 }, () => new RunListener());
  const begin = (repeat: number): Promise<Outcome> =>
    executor.run(
      scripted('until-stopped', { epochs: 1_000_000, repeat }),
      listeners[repeat] ?? new RunListener(),
    );
  const running = (): number =>
    listeners.filter(({ reports, signal }) => reports.length > 0 && !signal.aborted).length;
  assert.equal(executor.slots, 2);
  const runs = [begin(0), begin(1)];
  for (const [place, listener] of listeners.entries()) {
    await Promise.all(listeners.slice(0, place + 2).map((begun) => begun.firstReport()));
    assert.equal(running(), Math.min(2, listeners.length - place));
    const isMore = runs.length < listeners.length;
    if (isMore) {
      const refused = new RunListener();
      await assert.rejects(executor.run(scripted('reports'), refused), RangeError);
      assert.deepEqual(refused.reports, []);
    }
    listener.stop();
    assert.deepEqual(await runs[place], STOPPED);
    if (isMore) runs.push(begin(runs.length));
  }
}

export async function ignoresSlots(subject: ExecutorSubject): Promise<void> {
  const specs = [
    ...Array.from({ length: 12 }, (_, repeat) =>
      scripted('reports', { repeat, epochs: 1 + ((repeat * 7) % 5) }),
    ),
    scripted('diverge', { epochs: 4, value: 'nan' }),
    scripted('throw'),
  ];
  const runAll = async (slots: number): Promise<readonly object[]> => {
    await using executor = await subject.create(slots);
    using queue = new SlotQueue(executor);
    return await Promise.all(
      specs.map(async (spec) => {
        const listener = new RunListener();
        const ended = await queue.add(() => executor.run(spec, listener));
        // The message of a failure is for people: it may name a folder of this executor's.
        const { message: _, ...outcome } = { message: '', ...ended };
        return { outcome, reports: listener.reports };
      }),
    );
  };
  const alone = await runAll(1);
  assert.deepEqual(Reflect.get(alone[12] ?? {}, 'outcome'), { kind: 'diverged', epoch: 3 });
  assert.deepEqual(await runAll(3), alone);
}
