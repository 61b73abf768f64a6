import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Parameters } from '../../campaign/parameters.js';
import type { TrainCheckpoint } from '../../trainers/train-function.js';

/** The part of a trainer's context that the scripts need. */
interface ScriptContext {
  readonly seed: number;
  readonly repeat: number;
  readonly epochs: number;
  readonly signal: AbortSignal;
  readonly checkpoint: TrainCheckpoint;
}

/** The trainer that the contract of executors trains with: it does what its parameter `script` says. */
export default async function* scriptedTrainer(
  parameters: Parameters,
  { epochs, repeat, seed, signal, checkpoint }: ScriptContext,
): AsyncGenerator<Readonly<Record<string, number>>, void, void> {
  switch (parameters.script) {
    case 'reports':
      for (let epoch = 1; epoch <= epochs; epoch++) yield { val_loss: 1 / epoch, repeat, seed };
      return;
    case 'given':
      yield* JSON.parse(String(parameters.reports));
      return;
    case 'diverge':
      yield { val_loss: 1 };
      yield { val_loss: 0.5 };
      yield { val_loss: parameters.value === 'nan' ? Number.NaN : Number.POSITIVE_INFINITY };
      yield { val_loss: 0.25 };
      return;
    case 'throw':
      yield { val_loss: 1 };
      throw new Error('the loss went away');
    case 'until-stopped':
      for (let epoch = 1; epoch <= epochs; epoch++) {
        yield { val_loss: 1 };
        await nextTurn();
      }
      return;
    case 'wait-for-signal':
      yield { val_loss: 1 };
      await new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
      });
      return;
    case 'accumulate': {
      const before = checkpoint.load();
      let sum = Number(before?.state ?? 0);
      for (let epoch = (before?.epoch ?? 0) + 1; epoch <= epochs; epoch++) {
        sum += repeat / (epoch + 2);
        yield { val_loss: sum };
      }
      checkpoint.save(sum);
      return;
    }
    case 'mutate':
      Reflect.set(parameters, 'script', 'changed');
      yield { val_loss: 1 };
      return;
    default:
      throw new Error(`there is no script ${String(parameters.script)}`);
  }
}
