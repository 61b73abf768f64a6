import { expect, it } from 'vitest';
import { FitfirstError } from '../../../src/campaign/fitfirst-error.js';
import { keyedStream, type RandomStream } from '../../../src/numeric/keyed-stream.js';
import { load } from './csv-file.js';

const WHOLE = Buffer.from(
  `id,"a, b",colour,kind\r\n${Array.from({ length: 30 }, (_, i) => `${i},${i / 8},"${['red', 'bl""ue', 'grün'][i % 3]}",${i % 2 ? 'x' : 'y'}\r\n`).join('')}`,
);
const INSERTED = ['"', ',', '\n', '\r', '\u0000', '\ufeff', '1e999', '\t', '""', ';', ' ', '\u001b[2J', 'NA'];

function damaged(stream: RandomStream): Buffer {
  let bytes = WHOLE;
  for (let times = 1 + stream.below(2); times > 0; times--) {
    const at = stream.below(bytes.length + 1);
    const end = Math.min(bytes.length, at + stream.below(20));
    switch (stream.below(5)) {
      case 0:
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(end)]);
        break;
      case 1:
        bytes = bytes.subarray(0, at);
        break;
      case 2:
        bytes = Buffer.concat([bytes.subarray(0, end), bytes.subarray(at)]);
        break;
      case 3: {
        const inserted = Buffer.from(INSERTED[stream.below(INSERTED.length)] ?? '');
        bytes = Buffer.concat([bytes.subarray(0, at), inserted, bytes.subarray(at)]);
        break;
      }
      default:
        bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from([stream.below(256)]), bytes.subarray(end)]);
    }
  }
  return bytes;
}

it('a damaged file is loaded or refused with a message that is safe to print', async () => {
  const counts = { loaded: 0, refused: 0 };
  for (let i = 0; i < 300; i++) {
    try {
      const dataset = await load(damaged(keyedStream('damaged', i)), { missing: 'median' });
      expect(dataset.x.length).toBe(dataset.rows * dataset.inputs);
      counts.loaded++;
    } catch (error) {
      if (!(error instanceof FitfirstError)) throw error;
      expect(error.code).toBe('DATA_INVALID');
      expect(error.message.length).toBeLessThan(2000);
      expect(error.message.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
      counts.refused++;
    }
  }
  expect(counts.loaded).toBeGreaterThan(30);
  expect(counts.refused).toBeGreaterThan(30);
});

it('a line of a hundred thousand columns is read', async () => {
  const line = (value: string): string => `${value},`.repeat(100_000);
  const dataset = await load(`${line('1')}x\n${line('2')}y\n`);
  expect(dataset).toMatchObject({ rows: 2, inputs: 100_000 });
});
