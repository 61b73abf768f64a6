import { describe, expect, it } from 'vitest';
import { readJsonLine, readOutputJsonLine } from '../../../src/training/command/json-line.js';
import { LineSplitter } from '../../../src/training/command/line-splitter.js';
import { patternReader } from '../../../src/training/command/report-pattern.js';

const numbersIn = (pattern: string, line: string): unknown => {
  const reading = patternReader([pattern])(line);
  return reading.kind === 'numbers' ? reading.numbers : reading;
};

describe('a pattern', () => {
  it.each([
    ['loss (?<loss>\\S+)', 'loss 0.41 acc 0.88', 0.41],
    ['loss (?<loss>-?[\\d.]+)', 'loss -7.5e-05', -7.5e-5],
    ['loss (?<loss>[\\d.]+)', 'loss 1e3, done', 1000],
    ['loss\\D*(?<loss>[\\d.]+)', 'loss: -2.5', -2.5],
    ['loss\\D*(?<loss>\\d+)', 'loss-3', 3],
    ['loss=(?<loss>\\S+)', 'loss=.5, acc=1', 0.5],
    ['loss=(?<loss>\\S+)', 'loss=nan', Number.NaN],
    ['loss=(?<loss>\\S+)', 'loss=-inf', Number.NEGATIVE_INFINITY],
    ['loss=(?<loss>\\S+)', 'loss=Infinity)', Number.POSITIVE_INFINITY],
    ['acc (?<loss>\\S+)', 'acc 88.1%', 88.1],
    ['loss (?<loss>\\S+)', '\u001b[32mloss \u001b[1m0.25\u001b[0m', 0.25],
  ])('%s finds the whole number in %j', (pattern, line, loss) => {
    expect(numbersIn(pattern, line)).toEqual({ loss });
  });

  it('takes the epoch where it has a group for it, and passes over other lines', () => {
    const read = patternReader(['epoch (?<epoch>\\d+) loss (?<loss>\\S+)']);
    expect(read('Loading data ...')).toEqual({ kind: 'other' });
    expect(read('epoch 3 loss 0.41')).toEqual({ kind: 'numbers', numbers: { epoch: 3, loss: 0.41 } });
  });

  it('makes one report of several lines, when each of several patterns has matched', () => {
    const read = patternReader(['train (?<train_loss>\\S+)', 'held out (?<val_loss>\\S+)']);
    expect(read('train 1')).toEqual({ kind: 'other' });
    expect(read('held out 2')).toEqual({ kind: 'numbers', numbers: { train_loss: 1, val_loss: 2 } });
    expect(read('held out 3')).toEqual({ kind: 'other' });
    expect(read('train 4')).toEqual({ kind: 'numbers', numbers: { train_loss: 4, val_loss: 3 } });
  });

  it('says what it found where that is no number', () => {
    expect(numbersIn('loss (?<loss>\\S+)', 'loss unknown')).toEqual({
      kind: 'bad',
      message: `The pattern's group "loss" found "unknown" in "loss unknown", which is no number.`,
    });
  });

  it.each([
    ['loss (?P<loss>\\S+)', 'written (?<name>...)'],
    ['loss \\S+', 'has no named group'],
  ])('that is none is refused: %s', (pattern, words) => {
    expect(() => patternReader([pattern])).toThrow(words);
  });
});

describe('a line of JSON', () => {
  it('may hold what Python writes for numbers that are none', () => {
    expect(readJsonLine('{"loss": NaN, "name NaN": -Infinity}')).toEqual({
      kind: 'numbers',
      numbers: { loss: Number.POSITIVE_INFINITY, 'name NaN': Number.NEGATIVE_INFINITY },
    });
  });

  it('counts null as a number that could not be written', () => {
    expect(readJsonLine('{"loss": null}')).toEqual({ kind: 'numbers', numbers: { loss: Number.NaN } });
  });

  it.each(['{"loss": 0.5', '[1, 2]', '0.5', 'epoch 1'])('is bad where it is no object: %s', (line) => {
    expect(readJsonLine(line)).toMatchObject({ kind: 'bad' });
  });

  it('stands among other lines on standard output', () => {
    expect(readOutputJsonLine('Loading data ...')).toEqual({ kind: 'other' });
    expect(readOutputJsonLine('{"loss": 1}')).toEqual({ kind: 'numbers', numbers: { loss: 1 } });
  });
});

describe('lines of output', () => {
  const linesOf = (splitter: LineSplitter, ...pieces: readonly string[]): string[] =>
    pieces.flatMap((piece) => [...splitter.add(Buffer.from(piece))].map((line) => line.text));

  it('wait until they are terminated', () => {
    const splitter = new LineSplitter();
    expect(linesOf(splitter, 'one\ntw', 'o\r\nthr')).toEqual(['one', 'two']);
    expect(splitter.rest()).toEqual({ text: 'thr', cut: false });
    expect(splitter.rest()).toBeNull();
  });

  it('are the same however the bytes are cut', () => {
    const bytes = Buffer.from('größer\r\n10 %\r20 %\rdone\n\n✔\n');
    for (let cut = 0; cut <= bytes.length; cut++) {
      const splitter = new LineSplitter();
      const lines = [...splitter.add(bytes.subarray(0, cut)), ...splitter.add(bytes.subarray(cut))];
      expect(
        lines.map((line) => line.text),
        `cut at ${cut}`,
      ).toEqual(['größer', 'done', '', '✔']);
    }
  });

  it('take a bounded amount of memory, and say that they were cut', () => {
    const splitter = new LineSplitter(4);
    const lines = [...splitter.add(Buffer.from('123456')), ...splitter.add(Buffer.from('78\nab\n'))];
    expect(lines).toEqual([
      { text: '1234', cut: true },
      { text: 'ab', cut: false },
    ]);
  });
});
