import { describeValue } from '../../text/describe-value.js';
import { formatList } from '../../text/list.js';
import { nearestName } from '../../text/nearest-name.js';
import { quote } from '../../text/quote.js';
import { expectedAt, keysAt, schemasAt, valueAt } from '../schema/describe-schema.js';
import { type ConfigSchema, campaignJsonSchema } from '../schema/json-schema.js';
import { methodSections, missingOptions } from '../schema/method-schema.js';
import type { ConfigDocument } from './config-document.js';
import { type ConfigPath, type Diagnostic, formatPath } from './diagnostic.js';

/** A mistake of form, with its path from the root; that of a key is the path of the mapping around it. */
export type SchemaIssue =
  | UnknownKey
  | { readonly kind: 'missing-key'; readonly path: ConfigPath; readonly key: string }
  | { readonly kind: 'wrong-value'; readonly path: ConfigPath; readonly message: string };

interface UnknownKey {
  readonly kind: 'unknown-key';
  readonly path: ConfigPath;
  readonly key: string;
}

/** The known key that an unknown one was probably meant to be. */
export function meantBy(unknown: UnknownKey, schema: ConfigSchema, config: unknown): string | null {
  const known = keysAt(schema.json(), unknown.path, config).filter((name) => name !== unknown.key);
  return nearestName(unknown.key, known);
}

/** The mistake as a sentence, at its place. */
export function diagnosticOf(
  mistake: SchemaIssue,
  schema: ConfigSchema,
  document: ConfigDocument,
): Diagnostic {
  const where = mistake.path.length === 0 ? '' : ` in ${formatPath(mistake.path)}`;
  switch (mistake.kind) {
    case 'unknown-key': {
      const place = document.placeOf([...mistake.path, mistake.key], 'key');
      return { place, sentence: unknownKey(mistake, where, schema, document.value) };
    }
    case 'missing-key': {
      const expected = expectedAt(schema.json(), [...mistake.path, mistake.key], document.value);
      const place = document.placeOf(mistake.path, 'key');
      return { place, sentence: `key ${quote(mistake.key)} is missing${where}; expected ${expected}.` };
    }
    case 'wrong-value': {
      const { path } = mistake;
      const value = valueAt(document.value, path);
      const place = document.placeOf(path, 'value');
      if (path.length === 0)
        return {
          place,
          sentence:
            `expected a mapping with "data" and "parameters", found ${describeValue(value)}.` +
            (typeof value === 'string' ? ' If this is the table, fitfirst init writes a config for it.' : ''),
        };
      const expected = mistake.message.startsWith('expected ')
        ? mistake.message
        : `expected ${expectedAt(schema.json(), path, document.value)}`;
      const hint = hintFor(path, value, schema, document.value);
      const sentence = `${formatPath(path)} is ${describeValue(value)}; ${expected}.${hint === '' ? '' : ` ${hint}`}`;
      return { place, sentence };
    }
    default:
      return mistake satisfies never;
  }
}

/** What to do with the keys of a W&B sweep that have another place here, or none. */
const sweepKeys: ReadonlyMap<string, string> = new Map([
  ['command', 'It belongs in trainer, as in trainer: {command: [...], program: train.py}.'],
  ['program', 'It belongs in trainer, as in trainer: {command: [...], program: train.py}.'],
  ['run_cap', 'Here it is budget, as in budget: {trials: 50}.'],
  [
    'early_terminate',
    'Here it is stop_early: median, which ends trials that fall behind, or method: {hyperband: {}}.',
  ],
  ['project', 'Leave it out.'],
  ['entity', 'Leave it out.'],
  ['description', 'Leave it out.'],
]);

/** What to write instead of keys that are expected where they are not. */
const keysOfOtherPlaces: ReadonlyMap<string, string> = new Map([
  [
    'fit_first.grow_until.hours',
    'How far growth gets must not depend on the machine: write cost, as in grow_until: {cost: 50x}, or trials or ' +
      'size. To limit the time, write budget: {hours: 8}, which pauses the campaign.',
  ],
]);

function unknownKey(mistake: UnknownKey, where: string, schema: ConfigSchema, config: unknown): string {
  const { key, path } = mistake;
  const known = keysAt(schema.json(), path, config);
  if (known.includes(key)) {
    const others = clashingWith(key, path, schema, config);
    return `key ${quote(key)} does not go with ${others}${where}. Take one or the other out.`;
  }
  const said = `unknown key ${quote(key)}${where}.`;
  const elsewhere = keysOfOtherPlaces.get([...path, key].join('.'));
  if (elsewhere !== undefined) return `${said} ${elsewhere}`;
  if (path.length === 0) {
    const { kinds } = schema;
    const home = ['parameters', ...methodSections(kinds.methods), 'data'].find((section) =>
      keysAt(campaignJsonSchema(kinds), [section]).includes(key),
    );
    if (home !== undefined) return `${said} It belongs in ${home}.`;
    const ofSweep = sweepKeys.get(key);
    if (ofSweep !== undefined) return `${said} ${ofSweep}`;
  }
  if (key === '<<')
    return `${said} Merge keys are not read; write the keys out, or use an alias for a whole value.`;
  const meant = meantBy(mistake, schema, config);
  if (meant !== null) return `${said} Did you mean ${quote(meant)}?`;
  return known.length === 0 ? said : `${said} Known keys: ${formatList(known, 'and')}.`;
}

/** The keys of a mapping that no form of it has together with this one. */
function clashingWith(key: string, path: ConfigPath, schema: ConfigSchema, config: unknown): string {
  const forms = schemasAt(schema.json(), path, config).filter(({ properties }) =>
    Object.hasOwn(properties ?? {}, key),
  );
  const clashing = Object.keys(Object(valueAt(config, path))).filter(
    (other) => !forms.some(({ properties }) => Object.hasOwn(properties ?? {}, other)),
  );
  return clashing.length === 0 ? 'the other keys' : formatList(clashing.map(quote), 'and');
}

/** Searches of other tuners that fitfirst does not have. */
const OTHER_SEARCHES = /^(bayes|bayesian|asha|bohb|cma_?es|optuna)$/i;

/** What to write instead, where the value shows what was meant. */
function hintFor(path: ConfigPath, value: unknown, schema: ConfigSchema, config: unknown): string {
  const schemas = schemasAt(schema.json(), path, config);
  const takes = (...types: string[]): boolean =>
    schemas.some(({ type }) => typeof type === 'string' && types.includes(type));
  if (Array.isArray(value) && path.length === 2 && path[0] === 'parameters') {
    const isListed = value.length <= 6 && value.every((one) => typeof one !== 'object');
    const list = isListed ? value.map(String).join(', ') : '...';
    const layers = path[1] === 'hidden' ? ' For one network with these layers, write {value: [...]}.' : '';
    return `To try each of them, write {values: [${list}]}.${layers}`;
  }
  if (value === '' && takes('string')) return 'Write a text that is not empty.';
  if (takes('string') && (typeof value === 'number' || typeof value === 'boolean'))
    return `Put quotes around it: "${value}".`;
  const hasLimit = schemas.some(({ maximum = Infinity }) => maximum < Number.MAX_SAFE_INTEGER);
  if (typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER && takes('integer') && !hasLimit)
    return `Whole numbers go up to ${Number.MAX_SAFE_INTEGER}.`;
  if (takes('array') && !takes('string', 'number', 'integer') && typeof value !== 'object')
    return `Write a list: [${value}].`;
  if (typeof value !== 'string') return '';
  const hint = path.length === 1 && path[0] === 'method' ? missingOptions(schema.kinds.methods, value) : null;
  if (hint !== null) return hint;
  if (path.length === 1 && path[0] === 'method' && OTHER_SEARCHES.test(value)) {
    const nearest = /^(bayes|bayesian|cma_?es|optuna)$/i.test(value)
      ? '{tpe: {trials: 60}}'
      : '{hyperband: {sampler: tpe}}';
    return `fitfirst has no ${value}. The nearest is ${nearest}.`;
  }
  if (path.length === 1 && path[0] === 'metric') return `Write metric: {name: ${value}}.`;
  if (path.at(-1) === 'distribution' && /^(loguniform|uniform_?log|reciprocal)$/.test(value))
    return 'Did you mean "log_uniform_values"?';
  if (takes('number', 'integer') && value.trim() !== '' && Number.isFinite(Number(value)))
    return 'Write it without quotes.';
  if (takes('number') && /^-?\d+,\d+$/.test(value))
    return `Decimals take a point: ${value.replace(',', '.')}.`;
  if (takes('boolean') && /^(yes|on)$/i.test(value)) return 'Write true.';
  if (takes('boolean') && /^(no|off)$/i.test(value)) return 'Write false.';
  if (path.at(-1) === 'distribution' && /^(q_)?log_uniform$/.test(value))
    return `With ${quote(value)}, W&B takes exponents; write ${value}_values and the bounds themselves.`;
  const literals = schemas.flatMap((schema) =>
    [schema.const, ...(schema.enum ?? [])].filter((one) => one !== undefined),
  );
  const meant = nearestName(value, literals.map(String));
  return meant === null ? '' : `Did you mean ${quote(meant)}?`;
}
