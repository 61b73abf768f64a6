import { FitfirstError } from '../campaign/fitfirst-error.js';
import { escapeControls } from '../text/quote.js';

/** A wrong option in the `data` section of a config that only the data reveal. */
export interface OptionDiagnostic {
  /** The path from the root of the config: keys and indices. */
  readonly path: readonly (string | number)[];
  /** Whether the key or the value is wrong. */
  readonly at: 'key' | 'value';
  /** What was found, what was expected, and what to do. */
  readonly sentence: string;
}

/**
 * Everything that is wrong with data and with the options about them. The message has one line for each diagnostic. A
 * caller that has the config can find the lines of `options` in it.
 */
export class DataDiagnostics extends FitfirstError {
  constructor(
    readonly options: readonly OptionDiagnostic[],
    /** Diagnostics of files, each with its place and of one or more lines. */
    readonly files: readonly string[],
    /** The task, if it is known all the same. */
    readonly task: 'classification' | 'regression' | null,
  ) {
    const lines = [...options.map(({ sentence }) => sentence), ...files];
    super(options.length > 0 ? 'CONFIG_INVALID' : 'DATA_INVALID', lines.join('\n'));
  }
}

/** The diagnostics of a thrown data error. Rethrows any other error. */
export function dataDiagnosticsOf(thrown: unknown): DataDiagnostics {
  if (thrown instanceof DataDiagnostics) return thrown;
  if (thrown instanceof FitfirstError && thrown.code === 'DATA_INVALID')
    return new DataDiagnostics([], [thrown.message], null);
  throw thrown;
}

/** Merges a thrown data error with diagnostics that were found before it. Rethrows any other error. */
export function together(known: readonly OptionDiagnostic[], thrown: unknown): DataDiagnostics {
  const { options, files, task } = dataDiagnosticsOf(thrown);
  return new DataDiagnostics([...known, ...options], files, task);
}

/** Collects diagnostics, so that independent ones are reported together. */
export class FoundDiagnostics {
  readonly #options: OptionDiagnostic[];
  readonly #files: string[] = [];

  constructor(options: readonly OptionDiagnostic[] = []) {
    this.#options = [...options];
  }

  /** Runs a step and returns its result; null if it throws a data error. */
  try<T>(step: () => T): T | null {
    try {
      return step();
    } catch (error) {
      this.take(error);
      return null;
    }
  }

  /** Awaits a step and returns its result; null if it rejects with a data error. */
  async wait<T>(step: Promise<T>): Promise<T | null> {
    try {
      return await step;
    } catch (error) {
      this.take(error);
      return null;
    }
  }

  /** Keeps a data error. Rethrows any other error. */
  take(error: unknown): void {
    const { options, files } = dataDiagnosticsOf(error);
    this.#options.push(...options);
    this.#files.push(...files);
  }

  /** Throws DataDiagnostics with everything that was found, if anything was. */
  throwIfAny(task: DataDiagnostics['task'] = null): void {
    if (this.#options.length + this.#files.length > 0)
      throw new DataDiagnostics(this.#options, this.#files, task);
  }
}

/** Formats a place in a file: line and cell, counted from 1. Cell 1 also stands for the whole line. */
export function formatPlace(path: string, line: number, cell: number): string {
  return `${escapeControls(path)}:${line}:${cell}`;
}

export function dataError(message: string, options?: ErrorOptions): FitfirstError {
  return new FitfirstError('DATA_INVALID', message, options);
}
