import { readJsonLine } from '../reading/json-line.js';
import { LineSplitter, type OutputLine } from '../reading/line-splitter.js';
import { ReportFile } from '../reading/report-file.js';
import type { LineReader } from '../reading/report-line.js';
import type { Feed } from './feed.js';
import type { FollowedSource, SourceSink } from './followed-source.js';

/** A feed that is read. */
export interface FeedReader {
  /** Takes bytes of an output, which may not be its own. */
  onOutput(bytes: Buffer, from: 'stdout' | 'stderr'): void;
  /** Reads what is new; false if more is left. */
  read(): boolean;
  limitToPresent(): void;
  /** Reads the last lines, when nothing follows. */
  finish(): void;
  close(): void;
}

/** Where a feed passes on what it reads. */
interface FeedSink extends SourceSink {
  /** Nobody takes reports any more. */
  readonly isDropping: () => boolean;
}

const TOO_LONG = 'A report is a line of more than 1 MiB.';

/** Begins to read a feed. */
export function openFeed(feed: Feed, sink: FeedSink): FeedReader {
  switch (feed.kind) {
    case 'report-file':
      return readReportFile(feed.path, sink);
    case 'lines':
      return readOutput(feed, sink);
    case 'followed':
      return readFollowed(feed.open(sink), sink);
    default:
      return feed satisfies never;
  }
}

function takeLines(lines: Iterable<OutputLine>, reader: LineReader, sink: FeedSink): void {
  for (const { text, cut } of lines) {
    const reading = reader(text);
    if (reading.kind !== 'other') sink.take(cut ? { kind: 'bad', message: TOO_LONG } : reading);
  }
}

/** In the report file every line is a report, so the beginning of one that is too long says enough. */
function readReportFile(path: string, sink: FeedSink): FeedReader {
  const splitter = new LineSplitter();
  const file = new ReportFile(path, {
    onBytes: (bytes) => {
      if (sink.isDropping()) return;
      takeLines(splitter.add(bytes), readJsonLine, sink);
      if (!splitter.isOverlong) return;
      file.close();
      sink.take({ kind: 'bad', message: TOO_LONG });
    },
    onFault: (message) => sink.take({ kind: 'bad', message }),
    mayRead: sink.mayRead,
  });
  return {
    onOutput() {},
    read: () => file.read(),
    limitToPresent: () => file.limitToPresent(),
    finish() {
      const rest = splitter.rest();
      if (rest !== null) takeLines([rest], readJsonLine, sink);
    },
    close: () => file.close(),
  };
}

function readOutput({ from, reader }: Extract<Feed, { kind: 'lines' }>, sink: FeedSink): FeedReader {
  const splitters = { stdout: new LineSplitter(), stderr: new LineSplitter() };
  return {
    onOutput(bytes, output) {
      if (from === 'both' || from === output) takeLines(splitters[output].add(bytes), reader, sink);
    },
    read: () => true,
    limitToPresent() {},
    finish() {
      for (const output of ['stdout', 'stderr'] as const) {
        const rest = splitters[output].rest();
        if (rest !== null) takeLines([rest], reader, sink);
      }
      const { reports = [], once = {} } = reader.finish?.() ?? {};
      if (reports.length > 0) sink.take({ kind: 'reports', reports });
      if (Object.keys(once).length > 0) sink.take({ kind: 'once', metrics: once });
    },
    close() {},
  };
}

function readFollowed(source: FollowedSource, sink: FeedSink): FeedReader {
  return {
    onOutput() {},
    read: () => source.read(),
    limitToPresent: () => source.limitToPresent(),
    finish() {
      for (const reading of source.finish?.() ?? []) sink.take(reading);
    },
    close: () => source.close(),
  };
}
