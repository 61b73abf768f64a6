import { formatList } from '../../text/list.js';
import { quote } from '../../text/quote.js';
import type { ConfigPath } from '../diagnostics/diagnostic.js';
import type { JsonSchema } from './json-schema.js';

/**
 * The parts of the schema that speak of the value at a path: several where it may take several forms. Where
 * a constant on the way says which form is meant, as in `generate: spirals`, only that one, given the config.
 */
export function schemasAt(schema: JsonSchema, path: ConfigPath, config: unknown = undefined): JsonSchema[] {
  let schemas = alternatives(schema);
  let value = config;
  for (const step of path) {
    schemas = meant(schemas, value).flatMap((schema) => {
      const next =
        typeof step === 'number'
          ? schema.items
          : (ownProperty(schema.properties, step) ?? schema.additionalProperties);
      return typeof next === 'object' && !Array.isArray(next) ? alternatives(next) : [];
    });
    value = valueAt(value, [step]);
  }
  return meant(schemas, value);
}

function alternatives(schema: JsonSchema): JsonSchema[] {
  const forms = schema.anyOf ?? schema.oneOf;
  return forms === undefined ? [schema] : forms.flatMap(alternatives);
}

function meant(schemas: JsonSchema[], value: unknown): JsonSchema[] {
  const chosen = schemas.filter((schema) =>
    Object.entries(schema.properties ?? {}).some(
      ([key, property]) =>
        typeof property === 'object' &&
        property.const !== undefined &&
        property.const === valueAt(value, [key]),
    ),
  );
  return chosen.length > 0 ? chosen : schemas;
}

/** The value at a path; undefined where there is none. */
export function valueAt(root: unknown, path: ConfigPath): unknown {
  let value = root;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = Reflect.get(value, step);
  }
  return value;
}

/** Names of the keys that may stand at a path. */
export function keysAt(schema: JsonSchema, path: ConfigPath, config: unknown = undefined): string[] {
  const names = schemasAt(schema, path, config).flatMap(({ properties }) => Object.keys(properties ?? {}));
  return [...new Set(names)];
}

/** What may stand at a path: `a whole number from 1 to 65536, or a list`. */
export function expectedAt(schema: JsonSchema, path: ConfigPath, config: unknown = undefined): string {
  return inWords(schemasAt(schema, path, config));
}

function inWords(schemas: readonly JsonSchema[]): string {
  const literals = [...new Set(schemas.flatMap(literalsOf))];
  const forms = formatForms(schemas.filter((schema) => literalsOf(schema).length === 0));
  const all = [...literals, ...new Set(forms)];
  if (forms.length === 0 || all.length < 2) return formatList(all, 'or');
  return `${all.slice(0, -1).join(', ')}, or ${all.at(-1)}`;
}

/** Several mappings that need one key each are named together: `a mapping with "random" or "sobol"`. */
function formatForms(schemas: readonly JsonSchema[]): string[] {
  const keys = [...new Set(schemas.flatMap((schema) => onlyRequiredKey(schema) ?? []))];
  if (keys.length < 2) return schemas.map(formatForm);
  const others = schemas.filter((schema) => onlyRequiredKey(schema) === null).map(formatForm);
  return [...others, `a mapping with ${formatList(keys.map(quote), 'or')}`];
}

function onlyRequiredKey({ type, required = [] }: JsonSchema): string | null {
  return type === 'object' && required.length === 1 ? (required[0] ?? null) : null;
}

function literalsOf(schema: JsonSchema): string[] {
  if (schema.const !== undefined) return [String(schema.const)];
  return (schema.enum ?? []).map(String);
}

function formatForm(schema: JsonSchema): string {
  if (Array.isArray(schema.type)) {
    return formatList([...new Set(schema.type.map((type) => formatForm({ ...schema, type })))], 'or');
  }
  switch (schema.type) {
    case 'integer':
      return `a whole number${formatRange(schema)}`;
    case 'number':
      return `a number${formatRange(schema)}`;
    case 'string':
      return 'a text';
    case 'boolean':
      return 'true or false';
    case 'array':
      return typeof schema.items === 'object' && !Array.isArray(schema.items)
        ? `a list${formatLength(schema)}, each entry ${inWords(alternatives(schema.items))}`
        : 'a list';
    case 'object':
      return Object.keys(schema.properties ?? {}).length === 0
        ? 'a mapping of names'
        : `a mapping with ${formatKeys(schema)}`;
    default:
      return 'another value';
  }
}

function formatLength({ minItems = 0 }: JsonSchema): string {
  if (minItems === 0) return '';
  return minItems === 1 ? ' that is not empty' : ` of at least ${minItems} entries`;
}

/** The required keys of a mapping, or else its first two. */
function formatKeys(schema: JsonSchema): string {
  const { required = [], properties = {} } = schema;
  if (required.length > 0) return formatList(required.map(quote), 'and');
  return `keys such as ${formatList(Object.keys(properties).slice(0, 2).map(quote), 'and')}`;
}

/** The bounds that a whole number has by its nature say nothing. */
const unbounded = Number.MAX_SAFE_INTEGER;

function formatRange(schema: JsonSchema): string {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema;
  const atLeast = minimum === undefined || minimum <= -unbounded ? undefined : minimum;
  const atMost = maximum === undefined || maximum >= unbounded ? undefined : maximum;
  if (atLeast !== undefined && atMost !== undefined) return ` from ${atLeast} to ${atMost}`;
  const bounds = [
    ...(atLeast === undefined ? [] : [`at least ${atLeast}`]),
    ...(exclusiveMinimum === undefined ? [] : [`above ${exclusiveMinimum}`]),
    ...(atMost === undefined ? [] : [`at most ${atMost}`]),
    ...(exclusiveMaximum === undefined ? [] : [`below ${exclusiveMaximum}`]),
  ];
  return bounds.length === 0 ? '' : ` ${bounds.join(' and ')}`;
}

/** A key such as `constructor` is not what every object inherits. */
function ownProperty<Value>(
  properties: Readonly<Record<string, Value>> | undefined,
  key: string,
): Value | undefined {
  return properties && Object.hasOwn(properties, key) ? properties[key] : undefined;
}
