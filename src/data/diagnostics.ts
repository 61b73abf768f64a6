import { FitfirstError } from '../campaign/fitfirst-error.js';
import { escapeControls } from '../text/quote.js';

/** Something wrong in what a config says of its data, which only the data show. */
export interface OptionDiagnostic {
  /** Where it is said: keys and indices from the root of the config. */
  readonly path: readonly (string | number)[];
  /** What of it is meant. */
  readonly at: 'key' | 'value';
  /** What was found, what was expected, and what to do. */
  readonly sentence: string;
}

/**
 * All that is wrong with data and with what a config says of them. The message has it one a line; whoever has the
 * config can say where `options` stand in it.
 */
export class DataDiagnostics extends FitfirstError {
  constructor(
    readonly options: readonly OptionDiagnostic[],
    /** Mistakes in the files, with their places, one or several lines each. */
    readonly files: readonly string[],
    /** What is to be learned, where that could be told all the same. */
    readonly task: 'classification' | 'regression' | null,
  ) {
    const lines = [...options.map(({ sentence }) => sentence), ...files];
    super(options.length > 0 ? 'CONFIG_INVALID' : 'DATA_INVALID', lines.join('\n'));
  }
}

/** What was thrown because of the data; throws anything else. */
export function dataDiagnosticsOf(thrown: unknown): DataDiagnostics {
  if (thrown instanceof DataDiagnostics) return thrown;
  if (thrown instanceof FitfirstError && thrown.code === 'DATA_INVALID')
    return new DataDiagnostics([], [thrown.message], null);
  throw thrown;
}

/** What was thrown because of the data, and mistakes that were known before it, as one; throws anything else. */
export function together(known: readonly OptionDiagnostic[], thrown: unknown): DataDiagnostics {
  const { options, files, task } = dataDiagnosticsOf(thrown);
  return new DataDiagnostics([...known, ...options], files, task);
}

/** Goes on after a mistake, so that those that do not follow from it are told with it. */
export class FoundDiagnostics {
  readonly #options: OptionDiagnostic[];
  readonly #files: string[] = [];

  constructor(options: readonly OptionDiagnostic[] = []) {
    this.#options = [...options];
  }

  /** What a step comes to; null where it throws that something is wrong with the data. */
  try<T>(step: () => T): T | null {
    try {
      return step();
    } catch (error) {
      this.take(error);
      return null;
    }
  }

  /** The same of what is waited for. */
  async wait<T>(step: Promise<T>): Promise<T | null> {
    try {
      return await step;
    } catch (error) {
      this.take(error);
      return null;
    }
  }

  /** Keeps what is wrong with the data; throws anything else. */
  take(error: unknown): void {
    const { options, files } = dataDiagnosticsOf(error);
    this.#options.push(...options);
    this.#files.push(...files);
  }

  /** Throws DataMistakes with all that was found, if there is any. */
  throwIfAny(task: DataDiagnostics['task'] = null): void {
    if (this.#options.length + this.#files.length > 0)
      throw new DataDiagnostics(this.#options, this.#files, task);
  }
}

/** A place in a file: the line and the cell in it, counted from 1; cell 1 where the whole line is meant. */
export function formatPlace(path: string, line: number, cell: number): string {
  return `${escapeControls(path)}:${line}:${cell}`;
}

export function dataError(message: string, options?: ErrorOptions): FitfirstError {
  return new FitfirstError('DATA_INVALID', message, options);
}
