// A network of one hidden layer learns two superposed waves, in plain JavaScript.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Numbers from 0 to 1 that follow from a seed (mulberry32). */
function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 4294967296;
  };
}

const wave = (x) => 0.6 * Math.sin(3 * x) + 0.3 * Math.cos(7 * x);

/** @type {import('fitfirst/trainer').TrainFunction<{ hidden: number, dropout: number, learning_rate: number }>} */
export default async function* train(parameters, context) {
  const { hidden, dropout, learning_rate: rate } = parameters;
  const random = randomFrom(context.seed * 1000 + context.repeat);
  const rows = Array.from({ length: 90 }, () => {
    const x = random() * 2 - 1;
    return { x, y: wave(x) + (random() - 0.5) * 0.2 };
  });
  const [training, validation] = [rows.slice(0, 60), rows.slice(60)];
  const unit = () => ({ a: (random() * 2 - 1) * 6, b: (random() * 2 - 1) * 4, out: random() - 0.5 });
  const units = Array.from({ length: hidden }, unit);
  let bias = 0;

  const predict = (x) => units.reduce((sum, { a, b, out }) => sum + out * Math.tanh(a * x + b), bias);
  const r2 = (part) => {
    const mean = part.reduce((sum, { y }) => sum + y, 0) / part.length;
    const left = part.reduce((sum, { x, y }) => sum + (y - predict(x)) ** 2, 0);
    return 1 - left / part.reduce((sum, { y }) => sum + (y - mean) ** 2, 0);
  };

  for (let epoch = 1; epoch <= context.epochs; epoch++) {
    for (const { x, y } of training) {
      // Dropped units are left out of the sum, the others count for more: in training alone.
      const kept = units.filter(() => random() >= dropout);
      const scale = 1 / (1 - dropout);
      const values = kept.map(({ a, b }) => Math.tanh(a * x + b));
      const output = kept.reduce((sum, { out }, i) => sum + scale * out * values[i], bias);
      const error = output - y;
      kept.forEach((one, i) => {
        const inward = error * scale * one.out * (1 - values[i] * values[i]);
        one.out -= rate * error * scale * values[i];
        one.a -= rate * inward * x;
        one.b -= rate * inward;
      });
      bias -= rate * error;
    }
    yield { train_r2: r2(training), val_r2: r2(validation) };
  }
  if (context.stage === 'finish') {
    writeFileSync(join(context.directory, 'network.json'), JSON.stringify({ units, bias }));
  }
}
