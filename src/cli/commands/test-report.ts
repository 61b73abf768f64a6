import { createReadStream } from 'node:fs';
import { FitfirstError } from '../../campaign/fitfirst-error.js';
import { loadConfig } from '../../config/load-config.js';
import type { ReportSource, SingleSource } from '../../execution/command-options.js';
import { errorReason } from '../../text/error-reason.js';
import { formatCount } from '../../text/number.js';
import { readJsonLine, readOutputJsonLine } from '../../trainers/command/reading/json-line.js';
import { LineSplitter } from '../../trainers/command/reading/line-splitter.js';
import type { LineReader } from '../../trainers/command/reading/report-line.js';
import { patternReader } from '../../trainers/command/reading/report-pattern.js';
import { createCsvReader } from '../../trainers/command/sources/csv-lines.js';
import { createJsonLinesReader } from '../../trainers/command/sources/json-lines.js';
import { sourceRule, sourcesOf } from '../../trainers/command/sources/source-rule.js';
import { readerGone } from '../closed-pipes.js';
import { adviceOnLog } from '../output/advice-on-log.js';
import { LogPreview, type PreviewSource } from '../output/log-preview.js';

interface TestReportFlags {
  readonly pattern?: readonly string[];
  readonly config?: string;
}

/** Shows what reports would be read from a program's log, and what to do where it is none. */
export async function testReportCommand(log: string, flags: TestReportFlags): Promise<void> {
  const { source, epochs } = await sourceOf(flags);
  const tried = new LogPreview(previewSources(source), epochs);
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
  print(tried.finish());
  const { lines, reports, bad } = tried.tally;
  print([`${formatCount(lines, 'line')}, ${formatCount(reports, 'report')}, ${bad} that cannot be read`]);
  print(adviceOnLog(tried, source));
  if (reports === 0 || bad > 0) process.exitCode = 2;
}

interface Tried {
  readonly source: ReportSource;
  /** The epochs of a trial, where a config says them. */
  readonly epochs?: number;
}

async function sourceOf({ pattern, config }: TestReportFlags): Promise<Tried> {
  if (pattern !== undefined) return { source: { kind: 'pattern', patterns: pattern } };
  if (config === undefined) return { source: { kind: 'stdout' } };
  const { trainer, epochs } = (await loadConfig(config)).config;
  if (trainer.reportSource !== null) return { source: trainer.reportSource, epochs };
  throw new FitfirstError(
    'USAGE_INVALID',
    `${config}: the trainer is no command, so nothing is read from a log.`,
  );
}

/** The sources that read lines such as those of the log: those for outputs, or else those for files. */
function previewSources(source: ReportSource): PreviewSource[] {
  const all = sourcesOf(source).flatMap((one): (PreviewSource & { readonly isOutput: boolean })[] => {
    const reader = lineReaderOf(one);
    if (reader === null) return [];
    return [{ rule: sourceRule(one), reader, isOutput: one.kind === 'stdout' || one.kind === 'pattern' }];
  });
  const outputs = all.filter(({ isOutput }) => isOutput);
  if (all.length === 0)
    throw new FitfirstError('USAGE_INVALID', 'Event files and JSON files of results are no logs of lines.');
  return outputs.length > 0 ? outputs : all;
}

function lineReaderOf(source: SingleSource): LineReader | null {
  switch (source.kind) {
    case 'file':
      return readJsonLine;
    case 'stdout':
      return readOutputJsonLine;
    case 'pattern':
      return patternReader(source.patterns);
    case 'log':
      if (source.format === 'csv') return createCsvReader();
      return source.format === 'jsonl' ? createJsonLinesReader() : null;
    case 'tensorboard':
      return null;
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
