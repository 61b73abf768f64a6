import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '../../../src/campaign/report.js';
import { EpochCount } from '../../../src/execution/epoch-count.js';
import { runTrainer } from '../../../src/execution/run-trainer.js';
import { TrialFailure } from '../../../src/execution/trial-errors.js';
import { keyedStream } from '../../../src/numeric/keyed-stream.js';
import { readJsonLine, readOutputJsonLine } from '../../../src/trainers/command/reading/json-line.js';
import { LineSplitter } from '../../../src/trainers/command/reading/line-splitter.js';
import { ReportFile } from '../../../src/trainers/command/reading/report-file.js';
import type { LineReader } from '../../../src/trainers/command/reading/report-line.js';
import { patternReader } from '../../../src/trainers/command/reading/report-pattern.js';
import { ReportMerger } from '../../../src/trainers/command/sources/report-merger.js';
import type { FuzzKind, FuzzOutcome } from './fuzz-kind.js';
import { mutateBytes, mutateValue, pick } from './mutate.js';

const EPOCHS = 12;
const epochs = Array.from({ length: EPOCHS }, (_, n) => n + 1);
const logs = {
  json: epochs.map(
    (epoch) => `${JSON.stringify({ epoch, val_loss: 1 / epoch, val_accuracy: epoch / 20 })}\n`,
  ),
  keras: epochs.map(
    (epoch) =>
      `Epoch ${epoch}/12\n\r 1/2 [==>...] - loss: 9\r2/2 [====] - loss: 0.3 - val_loss: ${1 / epoch}\n`,
  ),
  plain: epochs.map(
    (epoch) => `\u001b[32mepoch ${epoch}\u001b[0m: val_loss=${(3 / epoch).toExponential()}, lr 1e-3\n`,
  ),
};
const PATTERN = 'epoch (?<epoch>\\d+).*val_loss=(?<val_loss>[\\d.e+-]+)';
/** One that takes years where nothing ends it. */
const SLOW_PATTERN = '(?:(?<val_loss>(\\d+\\.?)+),?)+$';

type Source = {
  readonly lines: readonly string[];
  readonly reader: () => LineReader;
  readonly isFile?: true;
};
const sources: readonly Source[] = [
  { lines: logs.json, reader: () => readJsonLine, isFile: true },
  { lines: logs.json, reader: () => readOutputJsonLine },
  {
    lines: logs.keras,
    reader: () => patternReader(['Epoch (?<epoch>\\d+)/', 'val_loss: (?<val_loss>\\S+)']),
  },
  { lines: logs.plain, reader: () => patternReader([PATTERN]) },
];
const slow: Source = { lines: logs.plain, reader: () => patternReader([SLOW_PATTERN]) };

/** What a program writes, read as the reports of a trial. */
export const reports: FuzzKind = {
  async attempt(seed, number, folder): Promise<FuzzOutcome> {
    const random = keyedStream('fuzz reports', seed, number);
    const { lines, reader, isFile = false } = number % 200 === 0 ? slow : pick(sources, random);
    let bytes: Buffer = Buffer.from(lines.join(''));
    if (lines === logs.json && random.below(2) === 0) {
      const records: unknown[] = lines.map((line) => JSON.parse(line));
      for (let times = 1 + random.below(3); times > 0; times--) mutateValue(records, random);
      bytes = Buffer.from(records.map((record) => `${JSON.stringify(record)}\n`).join(''));
    } else for (let times = 1 + random.below(4); times > 0; times--) bytes = mutateBytes(bytes, random);
    const read = isFile ? throughFile(join(folder, 'report.jsonl'), bytes) : bytes;
    const outcome = await runTrainer(
      { train: () => train(read, reader()) },
      { parameters: {}, repeat: 1, epochs: EPOCHS, until: null, finish: null },
      { seed: 1, metric: { name: 'val_loss', goal: 'minimize' }, shouldStop: () => false },
      () => {},
    );
    switch (outcome.kind) {
      case 'failed':
        return { name: `failed: ${outcome.code}`, message: outcome.message };
      case 'lost':
        return { name: 'lost', message: outcome.message };
      default:
        return { name: outcome.kind, message: null };
    }
  },
};

/** The bytes as the reader of a report file hands them out. */
function throughFile(path: string, bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  const file = new ReportFile(path, {
    onBytes: (part) => parts.push(Buffer.from(part)),
    onFault: (message) => parts.push(Buffer.from(message)),
    mayRead: () => true,
  });
  appendFileSync(path, bytes);
  while (!file.read());
  file.close();
  return Buffer.concat(parts);
}

async function* train(bytes: Buffer, read: LineReader): AsyncGenerator<Report, null, void> {
  const splitter = new LineSplitter();
  const rule = { options: {}, completion: 'at-once', mayRestart: false, label: 'the log' } as const;
  const merger = new ReportMerger([rule], EPOCHS, new EpochCount());
  const lines = [...splitter.add(bytes)];
  const rest = splitter.rest();
  for (const { text, cut } of rest === null ? lines : [...lines, rest]) {
    if (cut) throw new TrialFailure('bad-report', 'A report is a line of more than 1 MiB.');
    const reading = read(text);
    if (reading.kind === 'bad') throw new TrialFailure('bad-report', reading.message);
    if (reading.kind === 'reports') for (const numbers of reading.reports) yield* merger.take(0, numbers);
  }
  return null;
}
