import { createReadStream } from 'node:fs';
import { FitfirstError } from '../../campaign/fitfirst-error.js';
import { loadConfig } from '../../config/load-config.js';
import type { ReportSource } from '../../execution/command-options.js';
import { errorReason } from '../../text/error-reason.js';
import { formatCount } from '../../text/number.js';
import { readJsonLine, readOutputJsonLine } from '../../trainers/command/reading/json-line.js';
import { LineSplitter } from '../../trainers/command/reading/line-splitter.js';
import type { LineReader } from '../../trainers/command/reading/report-line.js';
import { patternReader } from '../../trainers/command/reading/report-pattern.js';
import { readerGone } from '../closed-pipes.js';
import { adviceOnLog } from '../output/advice-on-log.js';
import { LogPreview } from '../output/log-preview.js';

interface TestReportFlags {
  readonly pattern?: readonly string[];
  readonly config?: string;
}

/** Shows what reports would be read from a program's log, and what to do where it is none. */
export async function testReportCommand(log: string, flags: TestReportFlags): Promise<void> {
  const source = await sourceOf(flags);
  const tried = new LogPreview(readerOf(source));
  const splitter = new LineSplitter();
  const print = (lines: readonly string[]): void => {
    for (const line of lines) process.stdout.write(`${line}\n`);
  };
  for await (const bytes of readLog(log)) {
    for (const line of splitter.add(bytes)) print(tried.take(line.text));
    if (readerGone.aborted) return;
  }
  const rest = splitter.rest();
  if (rest !== null) print(tried.take(rest.text));
  const { lines, reports, bad } = tried.tally;
  print([`${formatCount(lines, 'line')}, ${formatCount(reports, 'report')}, ${bad} that cannot be read`]);
  print(adviceOnLog(tried, source));
  if (reports === 0 || bad > 0) process.exitCode = 2;
}

async function sourceOf({ pattern, config }: TestReportFlags): Promise<ReportSource> {
  if (pattern !== undefined) return { kind: 'pattern', patterns: pattern };
  if (config === undefined) return { kind: 'stdout' };
  const { trainer } = (await loadConfig(config)).config;
  if (trainer.reportSource !== null) return trainer.reportSource;
  throw new FitfirstError(
    'USAGE_INVALID',
    `${config}: the trainer is no command, so nothing is read from a log.`,
  );
}

function readerOf(source: ReportSource): LineReader {
  switch (source.kind) {
    case 'file':
      return readJsonLine;
    case 'stdout':
      return readOutputJsonLine;
    case 'pattern':
      return patternReader(source.patterns);
    default:
      return source satisfies never;
  }
}

async function* readLog(path: string): AsyncGenerator<Buffer> {
  try {
    for await (const bytes of path === '-' ? process.stdin : createReadStream(path)) yield Buffer.from(bytes);
  } catch (error) {
    throw new FitfirstError('USAGE_INVALID', `${path}: the log cannot be read: ${errorReason(error)}.`, {
      cause: error,
    });
  }
}
