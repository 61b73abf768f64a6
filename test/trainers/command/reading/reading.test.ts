import { describe, expect, it } from 'vitest';
import { readJsonLine, readOutputJsonLine } from '../../../../src/trainers/command/reading/json-line.js';
import { LineSplitter } from '../../../../src/trainers/command/reading/line-splitter.js';
import { patternReader } from '../../../../src/trainers/command/reading/report-pattern.js';

const numbersIn = (pattern: string, line: string): unknown => {
  const reading = patternReader([pattern])(line);
  return reading.kind === 'reports' ? reading.reports[0] : reading;
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
    expect(read('epoch 3 loss 0.41')).toEqual({ kind: 'reports', reports: [{ epoch: 3, loss: 0.41 }] });
  });

  it('makes one report of several lines, when each of several patterns has matched', () => {
    const read = patternReader(['train (?<train_loss>\\S+)', 'held out (?<val_loss>\\S+)']);
    expect(read('train 1')).toEqual({ kind: 'other' });
    expect(read('held out 2')).toEqual({ kind: 'reports', reports: [{ train_loss: 1, val_loss: 2 }] });
    expect(read('held out 3')).toEqual({ kind: 'other' });
    expect(read('train 4')).toEqual({ kind: 'reports', reports: [{ train_loss: 4, val_loss: 3 }] });
  });

  it('says what it found where that is no number', () => {
    expect(numbersIn('loss (?<loss>\\S+)', 'loss unknown')).toEqual({
      kind: 'bad',
      message: `The pattern's group "loss" found "unknown" in "loss unknown", which is no number.`,
    });
  });

  it('that was written for digits does not pass over numbers that are none', () => {
    expect(numbersIn('loss=(?<loss>[\\d.]+) acc=(?<acc>\\d+)', 'loss=nan acc=5')).toEqual({
      loss: Number.NaN,
      acc: 5,
    });
    expect(numbersIn('loss=(?<loss>-?[\\d.]+)', 'loss=-inf')).toEqual({ loss: Number.NEGATIVE_INFINITY });
    expect(numbersIn('information (?<loss>\\d+)', 'information is infinite')).toEqual({ kind: 'other' });
  });

  it('asks for a decimal point instead of reading half of a number', () => {
    expect(numbersIn('loss (?<loss>\\S+)', 'loss 1,5')).toMatchObject({
      message:
        `The pattern's group "loss" found "1,5" in "loss 1,5", which is no number. ` +
        'A number is written with a decimal point: have the program print one.',
    });
  });

  it('says how a number with a unit is read', () => {
    expect(numbersIn('took (?<time>\\S+)', 'took 12ms')).toMatchObject({
      message: expect.stringContaining('(?<time>[-\\d.]+)'),
    });
    expect(numbersIn('took (?<time>[-\\d.]+)', 'took 12ms')).toEqual({ time: 12 });
  });

  it('takes the last drawing of every epoch where a line is drawn again and again', () => {
    const read = patternReader(['epoch (?<epoch>\\d+) loss (?<loss>\\S+)']);
    expect(read('epoch 1 loss 9\r')).toEqual({ kind: 'other' });
    expect(read('epoch 1 loss 8\r')).toEqual({ kind: 'other' });
    expect(read('epoch 2 loss 7\r')).toEqual({ kind: 'reports', reports: [{ epoch: 1, loss: 8 }] });
    expect(read('epoch 2 loss 6')).toEqual({ kind: 'reports', reports: [{ epoch: 2, loss: 6 }] });
    expect(read('epoch 3 loss 5\r')).toEqual({ kind: 'other' });
    expect(read('')).toEqual({ kind: 'reports', reports: [{ epoch: 3, loss: 5 }] });
    expect(read('epoch 4 loss 4\r')).toEqual({ kind: 'other' });
    expect(read('epoch 5 loss 3')).toEqual({
      kind: 'reports',
      reports: [
        { epoch: 4, loss: 4 },
        { epoch: 5, loss: 3 },
      ],
    });
  });

  it('takes the last drawing of a line where nothing tells the epochs apart', () => {
    const read = patternReader(['loss (?<loss>\\S+)']);
    expect(read('loss 9\r')).toEqual({ kind: 'other' });
    expect(read('loss 8')).toEqual({ kind: 'reports', reports: [{ loss: 8 }] });
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
      kind: 'reports',
      reports: [{ loss: Number.POSITIVE_INFINITY, 'name NaN': Number.NEGATIVE_INFINITY }],
    });
  });

  it('counts null as a number that could not be written', () => {
    expect(readJsonLine('{"loss": null}')).toEqual({ kind: 'reports', reports: [{ loss: Number.NaN }] });
  });

  it.each(['{"loss": 0.5', '[1, 2]', '0.5', 'epoch 1'])('is bad where it is no object: %s', (line) => {
    expect(readJsonLine(line)).toMatchObject({ kind: 'bad' });
  });

  it('is not how Python prints a dict, and the message says so', () => {
    expect(readOutputJsonLine("{'loss': 0.5}")).toMatchObject({
      kind: 'bad',
      message: expect.stringContaining('print json.dumps(...) of it'),
    });
  });

  it('is none while it is drawn', () => {
    expect(readOutputJsonLine('{"loss": 1}\r')).toEqual({ kind: 'other' });
  });

  it('stands among other lines on standard output', () => {
    expect(readOutputJsonLine('Loading data ...')).toEqual({ kind: 'other' });
    expect(readOutputJsonLine('{"loss": 1}')).toEqual({ kind: 'reports', reports: [{ loss: 1 }] });
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
      ).toEqual(['größer', '10 %\r', '20 %\r', 'done', '', '✔']);
    }
  });

  it('have an empty end where a drawing was wiped out', () => {
    const splitter = new LineSplitter();
    expect(linesOf(splitter, 'one\n50 %\r', '   ', '\r')).toEqual(['one', '50 %\r']);
    expect(splitter.rest()).toEqual({ text: '   ', cut: false });
    expect(linesOf(splitter, '50 %\r', '\n')).toEqual(['50 %']);
    expect(splitter.rest()).toBeNull();
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

it.each(['[', '{"val_loss":'])('names JSON that is nested too deeply as such: %s...', (opening) => {
  const deep = `{"val_loss": ${opening.repeat(10_000)}`;
  const closed = `{"val_loss": ${'['.repeat(10_000)}1${']'.repeat(10_000)}}`;
  for (const text of [deep, closed]) {
    expect(readJsonLine(text)).toEqual({
      kind: 'bad',
      message: expect.stringMatching(
        /^The report "\{.*\.\.\." is nested too deeply; expected a line such as /,
      ),
    });
  }
});
