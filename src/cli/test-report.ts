import { createReadStream } from 'node:fs';
import { FitfirstError } from '../campaign/fitfirst-error.js';
import { loadConfig } from '../config/load-config.js';
import type { ReportSource } from '../training/command/command-options.js';
import { readJsonLine, readOutputJsonLine } from '../training/command/json-line.js';
import { LineSplitter, type OutputLine } from '../training/command/line-splitter.js';
import type { LineReader } from '../training/command/report-line.js';
import { patternReader } from '../training/command/report-pattern.js';

interface TestReportFlags {
  readonly pattern?: readonly string[];
  readonly config?: string;
}

/** Shows what reports would be read from a program's log. */
export async function testReportCommand(log: string, flags: TestReportFlags): Promise<void> {
  const readLine = readerOf(await sourceOf(flags));
  const splitter = new LineSplitter();
  const tally = { lines: 0, reports: 0, bad: 0 };
  const take = (line: OutputLine): void => {
    tally.lines += 1;
    const reading = readLine(line.text);
    switch (reading.kind) {
      case 'other':
        return;
      case 'numbers': {
        tally.reports += 1;
        const shown = Object.entries(reading.numbers).map(([name, value]) => `${name} ${String(value)}`);
        process.stdout.write(`line ${tally.lines}: ${shown.join(', ')}\n`);
        return;
      }
      case 'bad':
        tally.bad += 1;
        process.stdout.write(`line ${tally.lines}: ${reading.message}\n`);
        return;
      default:
        reading satisfies never;
    }
  };
  for await (const bytes of readLog(log)) for (const line of splitter.add(bytes)) take(line);
  const rest = splitter.rest();
  if (rest !== null) take(rest);
  process.stdout.write(`${tally.lines} lines, ${tally.reports} reports, ${tally.bad} that cannot be read\n`);
  if (tally.reports === 0 || tally.bad > 0) process.exitCode = 2;
}

async function sourceOf({ pattern, config }: TestReportFlags): Promise<ReportSource> {
  if (pattern !== undefined) return { kind: 'pattern', patterns: pattern };
  if (config === undefined) return { kind: 'stdout' };
  const { trainer } = (await loadConfig(config)).config;
  if (trainer.kind === 'command') return trainer.options.report;
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
    const reason = error instanceof Error ? error.message : String(error);
    throw new FitfirstError('USAGE_INVALID', `${path}: the log cannot be read (${reason}).`, {
      cause: error,
    });
  }
}
