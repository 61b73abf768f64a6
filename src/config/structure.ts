import type { z } from 'zod';
import { isWithin } from './broken-parts.js';
import type { ConfigDocument } from './config-document.js';
import { expectedAt, foundInWords, keysAt, schemasAt } from './expected.js';
import { campaignJsonSchema } from './json-schema.js';
import { nearestName } from './nearest-name.js';
import { type ConfigPath, listed, type Problem, pathInWords, quoted } from './problem.js';
import { type ConfigInput, configSchema } from './schema.js';

/** What is left of a config without its broken parts; a section is undefined where it is broken or not there. */
export type ConfigDraft = { readonly [Key in keyof ConfigInput]: ConfigInput[Key] | undefined };

/** A config held against the schema. */
export interface Structure {
  readonly draft: ConfigDraft;
  readonly problems: readonly Problem[];
  /** Where the problems are: nothing more is to be said of these parts. */
  readonly broken: readonly ConfigPath[];
}

type Issue = z.core.$ZodIssue;

/** A mistake of form, with its path from the root. */
type Mistake =
  | { readonly kind: 'unknown-key'; readonly path: ConfigPath; readonly key: string }
  | { readonly kind: 'missing-key'; readonly path: ConfigPath; readonly key: string }
  | { readonly kind: 'wrong-value'; readonly path: ConfigPath; readonly message: string };

/** Finds all mistakes of form at once, and takes the sound parts for the checks across sections. */
export function checkStructure(document: ConfigDocument): Structure {
  const { value } = document;
  const result = configSchema.safeParse(value);
  const issues = result.success ? [] : result.error.issues;
  const mistakes = withoutEchoes(issues.flatMap((issue) => mistakesOf(issue, value)));
  return {
    draft: draftOf(withoutParts(value, mistakes)),
    problems: mistakes.map((mistake) => inWords(mistake, document)),
    broken: mistakes.flatMap(brokenBy),
  };
}

function mistakesOf(issue: Issue, root: unknown, base: ConfigPath = []): Mistake[] {
  const path = [...base, ...issue.path.map((step) => (typeof step === 'number' ? step : String(step)))];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ kind: 'unknown-key', path, key }));
    case 'invalid_union': {
      const value = valueAt(root, path);
      if (value === undefined) break;
      const nearest = nearestForm(issue.errors);
      if (nearest !== null) return nearest.flatMap((inner) => mistakesOf(inner, root, path));
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

/** Of the forms that a value may take, the issues of the one that was meant; null where it is of no such kind. */
function nearestForm(forms: readonly (readonly Issue[])[]): readonly Issue[] | null {
  let nearest: readonly Issue[] | null = null;
  let least = anotherKind;
  for (const issues of forms) {
    const distance = distanceOf(issues);
    if (distance < least) [nearest, least] = [issues, distance];
  }
  return nearest;
}

const anotherKind = 1000;

/** How far a value is from a form: a value of another kind is out of the question, then the keys count. */
function distanceOf(issues: readonly Issue[]): number {
  let distance = 0;
  for (const issue of issues) {
    const isWhole = issue.path.length === 0;
    if (issue.code === 'unrecognized_keys') distance += issue.keys.length;
    else if (issue.code === 'invalid_union' && issue.errors.length > 0)
      distance += isWhole ? Math.min(...issue.errors.map(distanceOf)) : 1;
    else if (issue.code === 'invalid_union') distance += 150;
    else if (issue.code === 'invalid_type' || issue.code === 'invalid_value')
      distance += isWhole ? anotherKind : 100;
    else distance += 1;
  }
  return distance;
}

/** A key that is missing because it is misspelt is said once, as the misspelling. */
function withoutEchoes(mistakes: readonly Mistake[]): Mistake[] {
  return mistakes.filter((missing) => {
    if (missing.kind !== 'missing-key') return true;
    return !mistakes.some((other) => {
      if (other.kind !== 'unknown-key' || pathInWords(other.path) !== pathInWords(missing.path)) return false;
      const meant = meantBy(other);
      const required = schemasAt(campaignJsonSchema, other.path).filter((schema) =>
        schema.required?.includes(missing.key),
      );
      return (
        meant === missing.key ||
        (meant !== null && !required.some((schema) => meant in (schema.properties ?? {})))
      );
    });
  });
}

function meantBy(unknown: Extract<Mistake, { kind: 'unknown-key' }>): string | null {
  return nearestName(
    unknown.key,
    keysAt(campaignJsonSchema, unknown.path).filter((name) => name !== unknown.key),
  );
}

function inWords(mistake: Mistake, document: ConfigDocument): Problem {
  const where = mistake.path.length === 0 ? '' : ` in ${pathInWords(mistake.path)}`;
  switch (mistake.kind) {
    case 'unknown-key': {
      const place = document.placeOf([...mistake.path, mistake.key], 'key');
      return { place, sentence: unknownKey(mistake, where) };
    }
    case 'missing-key': {
      const expected = expectedAt(campaignJsonSchema, [...mistake.path, mistake.key]);
      const place = document.placeOf(mistake.path, 'key');
      return { place, sentence: `key ${quoted(mistake.key)} is missing${where}; expected ${expected}.` };
    }
    case 'wrong-value': {
      const { path } = mistake;
      const value = valueAt(document.value, path);
      const place = document.placeOf(path, 'value');
      if (path.length === 0)
        return {
          place,
          sentence: `expected a mapping with "data" and "parameters", found ${foundInWords(value)}.`,
        };
      const expected = mistake.message.startsWith('expected ')
        ? mistake.message
        : `expected ${expectedAt(campaignJsonSchema, path)}`;
      const hint = hintFor(path, value);
      const sentence = `${pathInWords(path)} is ${foundInWords(value)}; ${expected}.${hint === '' ? '' : ` ${hint}`}`;
      return { place, sentence };
    }
    default:
      return mistake satisfies never;
  }
}

function unknownKey(mistake: Extract<Mistake, { kind: 'unknown-key' }>, where: string): string {
  const { key, path } = mistake;
  const known = keysAt(campaignJsonSchema, path);
  if (known.includes(key)) return `key ${quoted(key)} does not go with the other keys${where}.`;
  const said = `unknown key ${quoted(key)}${where}.`;
  if (path.length === 0) {
    const home = ['parameters', 'fit_first', 'data'].find((section) =>
      keysAt(campaignJsonSchema, [section]).includes(key),
    );
    if (home !== undefined) return `${said} It belongs in ${home}.`;
  }
  if (key === '<<')
    return `${said} Merge keys are not read; write the keys out, or use an alias for a whole value.`;
  const meant = meantBy(mistake);
  if (meant !== null) return `${said} Did you mean ${quoted(meant)}?`;
  return known.length === 0 ? said : `${said} Known keys: ${listed(known, 'and')}.`;
}

/** What to write instead, where the value shows what was meant. */
function hintFor(path: ConfigPath, value: unknown): string {
  const schemas = schemasAt(campaignJsonSchema, path);
  const takes = (...types: string[]): boolean =>
    schemas.some(({ type }) => typeof type === 'string' && types.includes(type));
  if (Array.isArray(value) && path.length === 2 && path[0] === 'parameters') {
    const list = value.length > 6 ? '...' : value.map(String).join(', ');
    const layers = path[1] === 'hidden' ? ' For one network with these layers, write {value: [...]}.' : '';
    return `To try each of them, write {values: [${list}]}.${layers}`;
  }
  if (typeof value !== 'string') return '';
  if (path.length === 1 && path[0] === 'method' && value === 'random')
    return 'Say how many settings: {random: {trials: 50}}.';
  if (takes('number', 'integer') && value.trim() !== '' && Number.isFinite(Number(value)))
    return 'Write it without quotes.';
  if (takes('number') && /^-?\d+,\d+$/.test(value))
    return `Decimals take a point: ${value.replace(',', '.')}.`;
  if (takes('boolean') && /^(yes|on)$/i.test(value)) return 'Write true.';
  if (takes('boolean') && /^(no|off)$/i.test(value)) return 'Write false.';
  if (path.at(-1) === 'distribution' && /^(q_)?log_uniform$/.test(value))
    return `With ${quoted(value)}, W&B takes exponents; write ${value}_values and the bounds themselves.`;
  const literals = schemas.flatMap((schema) =>
    [schema.const, ...(schema.enum ?? [])].filter((one) => one !== undefined),
  );
  const meant = nearestName(value, literals.map(String));
  return meant === null ? '' : `Did you mean ${quoted(meant)}?`;
}

function brokenBy(mistake: Mistake): ConfigPath[] {
  switch (mistake.kind) {
    case 'unknown-key': {
      const meant = meantBy(mistake);
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

/** A copy of the value without unknown keys and wrong values; a list with a wrong entry goes as a whole. */
function withoutParts(value: unknown, mistakes: readonly Mistake[]): unknown {
  const paths = mistakes.flatMap((mistake): ConfigPath[] => {
    if (mistake.kind === 'missing-key') return [];
    if (mistake.kind === 'unknown-key') return [[...mistake.path, mistake.key]];
    const inList = mistake.path.findIndex((step) => typeof step === 'number');
    return [inList < 0 ? mistake.path : mistake.path.slice(0, inList)];
  });
  const copy = (part: unknown, path: ConfigPath): unknown => {
    if (Array.isArray(part)) return part.map((entry, i) => copy(entry, [...path, i]));
    if (typeof part !== 'object' || part === null) return part;
    const kept = Object.entries(part)
      .map(([key, entry]): [string, unknown, ConfigPath] => [key, entry, [...path, key]])
      .filter(([, , at]) => !paths.some((gone) => isWithin(at, gone)));
    return Object.fromEntries(kept.map(([key, entry, at]) => [key, copy(entry, at)]));
  };
  return copy(value, []);
}

function draftOf(value: unknown): ConfigDraft {
  const { shape } = configSchema;
  const read = <S extends z.ZodType>(schema: S, key: keyof ConfigInput): z.output<S> | undefined =>
    schema.safeParse(valueAt(value, [key])).data;
  return {
    $schema: undefined,
    name: read(shape.name, 'name'),
    seed: read(shape.seed, 'seed'),
    data: read(shape.data, 'data'),
    trainer: read(shape.trainer, 'trainer'),
    metric: read(shape.metric, 'metric'),
    parameters: read(shape.parameters, 'parameters'),
    repeats: read(shape.repeats, 'repeats'),
    method: read(shape.method, 'method'),
    fit_first: read(shape.fit_first, 'fit_first'),
    checkpoint: read(shape.checkpoint, 'checkpoint'),
    finish: read(shape.finish, 'finish'),
    workers: read(shape.workers, 'workers'),
  };
}

function valueAt(root: unknown, path: ConfigPath): unknown {
  let value = root;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = Reflect.get(value, step);
  }
  return value;
}
