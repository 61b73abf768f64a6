import type { JsonSchema } from './json-schema.js';
import { type ConfigPath, listed, quoted } from './problem.js';

/** The parts of a schema that speak of the value at a path: several where it may take several forms. */
export function schemasAt(root: JsonSchema, path: ConfigPath): JsonSchema[] {
  let schemas = alternatives(root);
  for (const step of path) {
    schemas = schemas.flatMap((schema) => {
      const next = typeof step === 'number' ? schema.items : schema.properties?.[step];
      return typeof next === 'object' && !Array.isArray(next) ? alternatives(next) : [];
    });
  }
  return schemas;
}

function alternatives(schema: JsonSchema): JsonSchema[] {
  const forms = schema.anyOf ?? schema.oneOf;
  return forms === undefined ? [schema] : forms.flatMap(alternatives);
}

/** Names of the keys that may stand at a path. */
export function keysAt(root: JsonSchema, path: ConfigPath): string[] {
  const names = schemasAt(root, path).flatMap((schema) => Object.keys(schema.properties ?? {}));
  return [...new Set(names)];
}

/** What may stand at a path: `a whole number from 1 to 65536, or a list`. */
export function expectedAt(root: JsonSchema, path: ConfigPath): string {
  return inWords(schemasAt(root, path));
}

function inWords(schemas: readonly JsonSchema[]): string {
  const literals = schemas.flatMap(literalsOf);
  const others = schemas.filter((schema) => literalsOf(schema).length === 0).map(formInWords);
  const forms = [...new Set([...others, ...(literals.length === 0 ? [] : [listed(literals, 'or')])])];
  if (forms.length < 2) return forms.join('');
  return `${forms.slice(0, -1).join(', ')}, or ${forms.at(-1)}`;
}

function literalsOf(schema: JsonSchema): string[] {
  if (schema.const !== undefined) return [String(schema.const)];
  return (schema.enum ?? []).map(String);
}

function formInWords(schema: JsonSchema): string {
  switch (schema.type) {
    case 'integer':
      return `a whole number${rangeInWords(schema)}`;
    case 'number':
      return `a number${rangeInWords(schema)}`;
    case 'string':
      return 'a text';
    case 'boolean':
      return 'true or false';
    case 'array':
      return typeof schema.items === 'object' && !Array.isArray(schema.items)
        ? `a list, each entry ${inWords(alternatives(schema.items))}`
        : 'a list';
    case 'object':
      return `a mapping with ${listed(mainKeys(schema).map(quoted), 'and')}`;
    default:
      return 'another value';
  }
}

/** The required keys of a mapping, or else its first few. */
function mainKeys(schema: JsonSchema): string[] {
  if (schema.required !== undefined && schema.required.length > 0) return schema.required;
  return Object.keys(schema.properties ?? {}).slice(0, 2);
}

/** The bounds that a whole number has by its nature say nothing. */
const unbounded = Number.MAX_SAFE_INTEGER;

function rangeInWords(schema: JsonSchema): string {
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

/** A value that was found: `"32" (a text)`, `1.5`, `a list`. */
export function foundInWords(value: unknown): string {
  if (value === null || value === undefined) return 'empty';
  if (typeof value === 'string') return `${quoted(value)} (a text)`;
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  return String(value);
}
