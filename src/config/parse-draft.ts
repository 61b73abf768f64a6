import { basename, dirname, extname, resolve } from 'node:path';
import { stringify } from 'yaml';
import { FitfirstError } from '../campaign/fitfirst-error.js';
import type { DataOptions } from '../data/options.js';
import type { MemoryRow, MemoryTable } from '../data/sources/memory-rows.js';
import { escapeControls } from '../text/quote.js';
import { INLINE_TRAINER } from '../trainers/inline/inline-kind.js';
import { builtInKinds, type ConfigKinds } from './config-kinds.js';
import { type Checks, createChecks } from './diagnostics/checks.js';
import { type ConfigDocument, parseConfig } from './diagnostics/config-document.js';
import { type ConfigPath, diagnosticLines } from './diagnostics/diagnostic.js';
import { objectDocument } from './diagnostics/object-document.js';
import { resolveData } from './resolve/data/resolve-data.js';
import type { ConfigOrigin } from './resolve-config.js';
import { valueAt } from './schema/describe-schema.js';
import { checkStructure, type Structure } from './schema/structure.js';

/** A config as far as it can be read by itself, with its mistakes of form. */
export interface DraftedConfig {
  /** The file as the user named it; `config` for an object. */
  readonly path: string;
  readonly text: string;
  readonly document: ConfigDocument;
  readonly structure: Structure;
  /** Of the section `data`; null where it is missing or broken as a whole. */
  readonly data: DataOptions | null;
  /** What does not go together so far. */
  readonly checks: Checks;
  readonly origin: ConfigOrigin;
  readonly kinds: ConfigKinds;
}

/** Reads the text of a config. Throws FitfirstError CONFIG_INVALID where it is neither YAML nor JSON, or empty. */
export function parseDraft(text: string, path: string, kinds: ConfigKinds): DraftedConfig {
  const document = parseConfig(text);
  const file = escapeControls(path);
  if (document.problems.length > 0) {
    throw new FitfirstError('CONFIG_INVALID', diagnosticLines(file, document.problems));
  }
  if (document.value === null) {
    const sentence = 'the file is empty; expected at least data, parameters and fit_first.';
    throw new FitfirstError('CONFIG_INVALID', `${file}  ${sentence}`);
  }
  const absolute = resolve(path);
  const origin = { folder: dirname(absolute), name: basename(absolute, extname(absolute)) };
  return draftDocument(document, path, text, origin, kinds);
}

/** A config that is an object of a program instead of a file. */
export interface ConfigObject extends ConfigOrigin {
  /** The config as a file might hold it. */
  readonly value: object;
  /** Rows that take the place of the files of a table. */
  readonly rows?: MemoryRows;
  /** Trainers and executors in addition to the built-in ones, which the config may name. */
  readonly kinds?: ConfigKinds;
}

/** The rows of a table in memory; `test` is null if none are given for the test. */
export interface MemoryRows {
  readonly training: readonly MemoryRow[];
  readonly test: readonly MemoryRow[] | null;
}

/** Reads a config that is an object. */
export function draftObject({ value, rows, kinds = builtInKinds, ...origin }: ConfigObject): DraftedConfig {
  const draft = draftDocument(objectDocument(value), 'config', stringify(value), origin, kinds);
  if (rows === undefined || draft.data === null) return draft;
  const tableOf = (given: readonly MemoryRow[]): MemoryTable => ({ rows: given, columns: null });
  const test = rows.test && tableOf(rows.test);
  return {
    ...draft,
    data: { ...draft.data, source: { kind: 'rows', training: tableOf(rows.training), test } },
  };
}

/** A value for a key that a config leaves unsaid. */
export interface UnsaidValue {
  readonly key: ConfigPath;
  readonly value: unknown;
}

/** The same config with values for keys that it leaves unsaid. */
export function draftWith(drafted: DraftedConfig, values: readonly UnsaidValue[]): DraftedConfig {
  const { document, path, text, origin, kinds, data } = drafted;
  const value = values.reduce(
    (said: unknown, { key, value }) => withValueAt(said, key, value),
    document.value,
  );
  return { ...draftDocument({ ...document, value }, path, text, origin, kinds), data };
}

function withValueAt(said: unknown, [step, ...rest]: ConfigPath, value: unknown): unknown {
  if (step === undefined) return value;
  const own = typeof said === 'object' && said !== null ? said : {};
  return { ...own, [step]: withValueAt(Reflect.get(own, step), rest, value) };
}

function draftDocument(
  document: ConfigDocument,
  path: string,
  text: string,
  origin: ConfigOrigin,
  kinds: ConfigKinds,
): DraftedConfig {
  refuseFunction(document, path, kinds);
  const structure = checkStructure(document, kinds);
  const checks = createChecks(document, structure);
  const input = structure.draft.data;
  const data = input === undefined ? null : resolveData(input, origin.folder, checks);
  return { path, text, document, structure, data, checks, origin, kinds };
}

/** The config of a results folder whose campaign ran a function of a program: the file alone cannot run it. */
function refuseFunction(document: ConfigDocument, path: string, { trainers }: ConfigKinds): void {
  const place = ['trainer', INLINE_TRAINER];
  const isAsked = valueAt(document.value, place) !== undefined;
  if (!isAsked || trainers.some(({ kind }) => kind === INLINE_TRAINER)) return;
  const sentence =
    'trainer is a function of the program that began this campaign, and no config file can hold it. Run that program.';
  const diagnostics = [{ place: document.placeOf(place, 'key'), sentence }];
  throw new FitfirstError('CONFIG_INVALID', diagnosticLines(escapeControls(path), diagnostics));
}
