import type { z } from 'zod';
import type { TrainerKind } from '../../trainers/trainer-kind.js';
import type { ConfigKinds } from '../config-kinds.js';
import { isWithin } from '../diagnostics/broken-parts.js';
import type { ConfigDocument } from '../diagnostics/config-document.js';
import { type ConfigPath, type Diagnostic, formatPath } from '../diagnostics/diagnostic.js';
import { diagnosticOf, meantBy, type SchemaIssue } from '../diagnostics/schema-diagnostic.js';
import { chooseTrainerKind } from '../trainer-kinds.js';
import type { ConfigInput } from './config-schema.js';
import { schemasAt, valueAt } from './describe-schema.js';
import { type ConfigSchema, configSchemaFor } from './json-schema.js';
import { type NamedMethod, namedMethod } from './method-schema.js';

/** What is left of a config without its broken parts; a section is undefined where it is broken or not there. */
export type ConfigDraft = {
  readonly [Key in Exclude<keyof ConfigInput, 'method'>]: ConfigInput[Key] | undefined;
} & { readonly method: MethodDraft | undefined };

/** The method that a config names, and its options; undefined where they are broken or not there. */
export interface MethodDraft extends NamedMethod {
  readonly options: unknown;
}

/** A config held against the schema. */
export interface Structure {
  /** The trainer that the config means. */
  readonly trainerKind: TrainerKind;
  /** What a config with this trainer may contain. */
  readonly schema: ConfigSchema;
  readonly draft: ConfigDraft;
  readonly problems: readonly Diagnostic[];
  /** Where the problems are: nothing more is to be said of these parts. */
  readonly broken: readonly ConfigPath[];
}

type Issue = z.core.$ZodIssue;

/** Setting this property changes what an object inherits, so schemas pass over it. */
const UNUSABLE = '__proto__';

/** Where mappings have a key that would be lost. */
function unusableNames(value: unknown, path: ConfigPath = []): ConfigPath[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const at = [...path, Array.isArray(value) ? Number(key) : key];
    return key === UNUSABLE ? [at] : unusableNames(inner, at);
  });
}

/** Compiling a schema takes longer than using it once without. */
const ONCE = { jitless: true };

/** Finds all mistakes of form at once, and takes the sound parts for the checks across sections. */
export function checkStructure(document: ConfigDocument, kinds: ConfigKinds): Structure {
  const { value } = document;
  const trainerKind = chooseTrainerKind(value, kinds.trainers);
  const schema = configSchemaFor(trainerKind, kinds);
  const result = schema.zod.safeParse(value, ONCE);
  const issues = result.success ? [] : result.error.issues;
  const all = issues.flatMap((issue) => mistakesOf(issue, schema, value));
  const mistakes = withoutEchoes(all, schema, value);
  return {
    trainerKind,
    schema,
    draft: draftOf(mended(value, schema, mistakes), schema.zod, trainerKind, kinds),
    problems: [
      ...mistakes.map((mistake) => diagnosticOf(mistake, schema, document)),
      ...unusableNames(value).map((path) => ({
        place: document.placeOf(path, 'key'),
        sentence: `the name ${UNUSABLE} cannot be used. Choose another one.`,
      })),
    ],
    broken: all.flatMap((mistake) => brokenBy(mistake, schema, value)),
  };
}

function mistakesOf(issue: Issue, schema: ConfigSchema, root: unknown, base: ConfigPath = []): SchemaIssue[] {
  const path = [...base, ...issue.path.map(asStep)];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) =>
        goesTogether(path, schema, root)
          ? { kind: 'wrong-value', path: [...path, key], message: issue.message }
          : { kind: 'unknown-key', path, key },
      );
    case 'invalid_union': {
      const value = valueAt(root, path);
      if (value === undefined) break;
      const nearest = nearestForm(issue.errors, value);
      if (nearest !== null) return nearest.flatMap((inner) => mistakesOf(inner, schema, root, path));
      break;
    }
    default:
      break;
  }
  const key = path.at(-1);
  if (typeof key === 'string' && valueAt(root, path) === undefined) {
    return [{ kind: 'missing-key', path: path.slice(0, -1), key }];
  }
  return [{ kind: 'wrong-value', path, message: issue.message }];
}

/** Whether some form of a mapping has all of its keys, so that it was meant and a value in it is wrong. */
function goesTogether(path: ConfigPath, schema: ConfigSchema, root: unknown): boolean {
  const keys = Object.keys(Object(valueAt(root, path)));
  return schemasAt(schema.json(), path, root).some(({ properties }) =>
    keys.every((key) => Object.hasOwn(properties ?? {}, key)),
  );
}

/** Of the forms that a value may take, the issues of the one that was meant; null where it is of no such kind. */
function nearestForm(forms: readonly (readonly Issue[])[], value: unknown): readonly Issue[] | null {
  let nearest: readonly Issue[] | null = null;
  let min = ANOTHER_KIND;
  for (const issues of forms) {
    const distance = distanceOf(issues, value);
    if (distance < min) [nearest, min] = [issues, distance];
  }
  return nearest;
}

const ANOTHER_KIND = 1000;

/** How far a value is from a form: one of another kind is out of the question; then keys count more than values. */
function distanceOf(issues: readonly Issue[], value: unknown): number {
  let distance = 0;
  for (const issue of issues) {
    const isWhole = issue.path.length === 0;
    // A key within a part means the form that has such parts.
    const isDeep = issue.path.length > 2;
    const part = valueAt(value, issue.path.map(asStep));
    if (isDeep) distance += 1;
    else if (issue.code === 'unrecognized_keys') distance += 150 * issue.keys.length;
    else if (issue.code === 'invalid_union' && issue.errors.length > 0) {
      const nearest = Math.min(...issue.errors.map((inner) => distanceOf(inner, part)));
      distance += isWhole ? nearest : Math.min(nearest, 100);
    } else if (issue.code === 'invalid_union') distance += part === undefined ? ANOTHER_KIND - 1 : 50;
    else if (issue.code === 'invalid_type' || issue.code === 'invalid_value')
      distance += isWhole ? ANOTHER_KIND : 100;
    else distance += 1;
  }
  return issues.some(({ path, code }) => path.length === 0 && code !== 'unrecognized_keys')
    ? distance
    : Math.min(distance, ANOTHER_KIND - 1);
}

const asStep = (key: PropertyKey): string | number => (typeof key === 'number' ? key : String(key));

/** A key that is missing because it is misspelt is said once, as the misspelling. */
function withoutEchoes(
  mistakes: readonly SchemaIssue[],
  schema: ConfigSchema,
  config: unknown,
): SchemaIssue[] {
  return mistakes.filter((missing) => {
    if (missing.kind !== 'missing-key') return true;
    return !mistakes.some((other) => {
      if (other.kind !== 'unknown-key' || formatPath(other.path) !== formatPath(missing.path)) return false;
      const meant = meantBy(other, schema, config);
      const forms = schemasAt(schema.json(), missing.path, config).filter(({ required }) =>
        required?.includes(missing.key),
      );
      return (
        meant === missing.key ||
        (meant !== null && !forms.some(({ properties }) => Object.hasOwn(properties ?? {}, meant)))
      );
    });
  });
}

function brokenBy(mistake: SchemaIssue, schema: ConfigSchema, config: unknown): ConfigPath[] {
  switch (mistake.kind) {
    case 'unknown-key': {
      const meant = meantBy(mistake, schema, config);
      return [[...mistake.path, mistake.key], ...(meant === null ? [] : [[...mistake.path, meant]])];
    }
    case 'missing-key':
      return [[...mistake.path, mistake.key]];
    case 'wrong-value':
      return [mistake.path];
    default:
      return mistake satisfies never;
  }
}

/**
 * A copy of the config that can be read on: without wrong values (a list with a wrong entry goes as a whole),
 * and without unknown keys, or under the names that were meant.
 */
function mended(config: unknown, schema: ConfigSchema, mistakes: readonly SchemaIssue[]): unknown {
  const wrong = mistakes.flatMap((mistake): ConfigPath[] => {
    if (mistake.kind !== 'wrong-value') return [];
    const inList = mistake.path.findIndex((step) => typeof step === 'number');
    return [inList < 0 ? mistake.path : mistake.path.slice(0, inList)];
  });
  const renamed = new Map(
    mistakes.flatMap((mistake): [string, string | null][] =>
      mistake.kind === 'unknown-key'
        ? [[JSON.stringify([...mistake.path, mistake.key]), meantBy(mistake, schema, config)]]
        : [],
    ),
  );
  const copy = (part: unknown, path: ConfigPath): unknown => {
    if (Array.isArray(part)) return part.map((entry, i) => copy(entry, [...path, i]));
    if (typeof part !== 'object' || part === null) return part;
    const kept = Object.entries(part).flatMap(([key, entry]): [string, unknown][] => {
      const at = [...path, key];
      if (wrong.some((gone) => isWithin(at, gone))) return [];
      const name = renamed.get(JSON.stringify(at));
      if (name === undefined) return [[key, copy(entry, at)]];
      return name === null || Object.hasOwn(part, name) ? [] : [[name, entry]];
    });
    return Object.fromEntries(kept);
  };
  return copy(config, []);
}

function draftOf(
  value: unknown,
  { shape }: ConfigSchema['zod'],
  trainerKind: TrainerKind,
  { methods }: ConfigKinds,
): ConfigDraft {
  const read = <S extends z.ZodType>(schema: S, key: keyof ConfigInput): z.output<S> | undefined =>
    schema.safeParse(valueAt(value, [key]), ONCE).data;
  const method = read(shape.method, 'method');
  const named = method === undefined ? undefined : namedMethod(methods, method);
  return {
    $schema: undefined,
    name: read(shape.name, 'name'),
    seed: read(shape.seed, 'seed'),
    data: read(shape.data, 'data'),
    // The schema of the config accepts every mapping that some kind accepts; here it has to be one of this kind.
    trainer: trainerKind.isMapping ? read(trainerKind.schema, 'trainer') : read(shape.trainer, 'trainer'),
    metric: read(shape.metric, 'metric'),
    parameters: read(shape.parameters, 'parameters'),
    where: read(shape.where, 'where'),
    enqueue: read(shape.enqueue, 'enqueue'),
    stop: read(shape.stop, 'stop'),
    repeats: read(shape.repeats, 'repeats'),
    stop_early: read(shape.stop_early, 'stop_early'),
    confirm: read(shape.confirm, 'confirm'),
    method: named && { ...named, options: optionsOf(named, value, trainerKind) },
    checkpoint: read(shape.checkpoint, 'checkpoint'),
    finish: read(shape.finish, 'finish'),
    retries: read(shape.retries, 'retries'),
    max_failures: read(shape.max_failures, 'max_failures'),
    budget: read(shape.budget, 'budget'),
    workers: read(shape.workers, 'workers'),
    executor: read(shape.executor, 'executor'),
    outlets: read(shape.outlets, 'outlets'),
  };
}

function optionsOf({ kind, path }: NamedMethod, config: unknown, trainerKind: TrainerKind): unknown {
  const written = kind.form.kind === 'name' ? {} : valueAt(config, path);
  return kind.schema(trainerKind).safeParse(written, ONCE).data;
}
