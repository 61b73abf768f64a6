import { rmSync } from 'node:fs';
import { isAbsolute, relative, resolve } from 'node:path';
import type { SingleSource } from '../../../execution/command-options.js';
import { readOutputJsonLine } from '../reading/json-line.js';
import { patternReader } from '../reading/report-pattern.js';
import { createCsvReader } from './csv-lines.js';
import { EventFolder } from './event-folder.js';
import type { Feed } from './feed.js';
import { FollowedFile } from './followed-file.js';
import { createJsonLinesReader } from './json-lines.js';
import { ResultsFile } from './results-file.js';

/** Where the sources of one trial are. */
export interface SourcePlaces {
  /** The file `$FITFIRST_REPORT`. */
  readonly reportFile: string;
  /** The trial's directory. */
  readonly directory: string;
  /** Expands the macros in a path. */
  readonly expand: (path: string) => string;
}

/** How a source is read in one trial. What an earlier attempt left in the place of a file is removed. */
export function sourceFeed(source: SingleSource, places: SourcePlaces): Feed {
  switch (source.kind) {
    case 'file':
      return { kind: 'report-file', path: places.reportFile };
    case 'stdout':
      return { kind: 'lines', from: 'stdout', reader: readOutputJsonLine };
    case 'pattern':
      return { kind: 'lines', from: source.from ?? 'both', reader: patternReader(source.patterns) };
    case 'log': {
      const path = freshPath(source.path, places);
      if (source.format === 'json') return { kind: 'followed', open: () => new ResultsFile(path) };
      const createReader = source.format === 'csv' ? createCsvReader : createJsonLinesReader;
      return { kind: 'followed', open: (sink) => new FollowedFile(path, createReader, sink) };
    }
    case 'tensorboard': {
      const path = freshPath(source.path, places);
      return { kind: 'followed', open: (sink) => new EventFolder(path, sink) };
    }
    default:
      return source satisfies never;
  }
}

/** Outside of the trial's directory nothing is removed: what lies there may be anybody's. */
function freshPath(written: string, { directory, expand }: SourcePlaces): string {
  const path = resolve(directory, expand(written));
  const inside = relative(directory, path);
  if (inside !== '' && !inside.startsWith('..') && !isAbsolute(inside))
    rmSync(path, { recursive: true, force: true });
  return path;
}
