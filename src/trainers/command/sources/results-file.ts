import { closeSync, fstatSync, readFileSync } from 'node:fs';
import { openRegularFile } from '../../../platform/regular-file.js';
import { errorCode } from '../../../text/error-message.js';
import { parseJsonText } from '../reading/json-line.js';
import { excerpt, type LineReading, type Numbers } from '../reading/report-line.js';
import { describeFault } from './followed-file.js';
import type { FollowedSource } from './followed-source.js';
import { isObject, jsonNumbers } from './json-numbers.js';

/** Bytes of a file of results. */
const MAX_BYTES = 16 * 1_048_576;

/**
 * A JSON file that a program writes when it is done. An object of numbers is of the whole trial; a list of objects has
 * a report each; an object of lists, as Keras' history has it, has a report for each place in the lists.
 */
export class ResultsFile implements FollowedSource {
  constructor(readonly path: string) {}

  read(): boolean {
    return true;
  }

  limitToPresent(): void {}

  close(): void {}

  finish(): LineReading[] {
    let text: string;
    try {
      const file = openRegularFile(this.path);
      try {
        const { size } = fstatSync(file);
        if (size > MAX_BYTES) return [bad(`${excerpt(this.path)} has more than 16 MiB.`)];
        text = readFileSync(file, 'utf8');
      } finally {
        closeSync(file);
      }
    } catch (error) {
      return errorCode(error) === 'ENOENT' ? [] : [bad(describeFault(this.path, error))];
    }
    return readResults(text) ?? [bad(`${excerpt(this.path)} is no JSON object or list of objects.`)];
  }
}

const bad = (message: string): LineReading => ({ kind: 'bad', message });

function readResults(text: string): LineReading[] | null {
  const value = parseJsonText(text);
  if (Array.isArray(value)) return [{ kind: 'reports', reports: value.filter(isObject).map(jsonNumbers) }];
  if (!isObject(value)) return null;
  const history = historyOf(value);
  const once = jsonNumbers(value);
  const readings: LineReading[] = [];
  if (history.length > 0) readings.push({ kind: 'reports', reports: history });
  if (Object.keys(once).length > 0) readings.push({ kind: 'once', metrics: once });
  return readings;
}

function historyOf(value: object): Numbers[] {
  const lists = Object.entries(value).filter(
    (entry): entry is [string, unknown[]] => Array.isArray(entry[1]) && entry[1].some(Number.isFinite),
  );
  const length = Math.max(0, ...lists.map(([, list]) => list.length));
  return Array.from({ length }, (_, i) =>
    Object.fromEntries(
      lists.flatMap(([name, list]) => (typeof list[i] === 'number' ? [[name, list[i]] as const] : [])),
    ),
  );
}
