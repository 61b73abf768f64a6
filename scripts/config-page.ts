import { readFileSync } from 'node:fs';
import { parseAllDocuments, stringify } from 'yaml';
import { campaignJsonSchema, externalJsonSchema, type JsonSchema } from '../src/config/schema/json-schema.js';

/** The configs that the page takes its examples from, by name. */
export function exampleConfigs(): Map<string, Config> {
  const text = readFileSync(new URL('config-examples.yaml', import.meta.url), 'utf8');
  return new Map(
    parseAllDocuments(text)
      .map((document) => document.toJS() as Config)
      .map((one) => [one.name, one]),
  );
}

type Config = { readonly name: string } & Readonly<Record<string, unknown>>;

/** A table of the page: the keys of a schema, with examples from the named configs. */
interface Section {
  readonly title: string;
  readonly intro: string;
  readonly schema: JsonSchema;
  /** Where the schema stands in a config, and what its keys are prefixed with. */
  readonly path: readonly string[];
  readonly prefix: string;
  readonly examples: readonly string[];
}

/** docs/config.md: every key of a config with its type, default, meaning and an example. */
export function formatConfigPage(): string {
  const configs = exampleConfigs();
  const parts = sections().map((section) => formatSection(section, configs));
  return `${[INTRO, ...parts].join('\n\n')}\n`;
}

const INTRO = `# Configuration reference

Every key of a campaign's config file. This page is generated from the schema by \`npm run docs:config\`; the same
schema, as JSON Schema, is \`schemas/campaign.schema.json\`, which editors read for completion.

A config is YAML or JSON. Paths are relative to the config's folder, or to the working directory if the config comes
from a pipe (\`/dev/stdin\`). Nested keys are written with dots:
\`repeats.first\` is \`repeats: {first: 1}\`. Words such as *setting*, *repeat* and *race* are explained in the
[glossary](glossary.md).

In the column *default*, *required* marks keys that you must set. A dash means that the key is optional and has no
default. *none* in italics is an empty list or mapping; a value \`none\` is explained at its key. *see below* means that
the keys inside have defaults of their own.`;

function sections(): Section[] {
  const top = properties(campaignJsonSchema());
  const external = properties(externalJsonSchema());
  const [table, arrays, ...generated] = forms(top.data);
  const nested = ['data', 'parameters', 'fit_first', 'trainer'];
  const builtIn = { ...campaignJsonSchema(), properties: omit(top, nested.slice(0, 3)) };
  const data = (schema: JsonSchema | undefined) => ({ schema: schema ?? {}, path: ['data'], prefix: '' });
  const parameters = top.parameters ?? {};
  return [
    {
      title: 'The campaign',
      intro:
        'The sections `data`, `parameters`, `fit_first` and your own `trainer` have tables of their own below.',
      schema: builtIn,
      path: [],
      prefix: '',
      examples: [
        'titanic',
        'mnist',
        'command',
        'open',
        'cluster',
        'sobol',
        'tpe',
        'halving',
        'hyperband',
        'domains',
        'stopped',
      ],
    },
    {
      title: '`data`: a table',
      intro:
        '[data.md](data.md) explains preparation, splits and metrics, [sources.md](sources.md) the file formats.',
      ...data(table),
      examples: ['titanic', 'mnist', 'groups', 'time', 'column'],
    },
    {
      title: '`data`: arrays',
      intro: 'Images and labels in IDX or NPY files.',
      ...data(arrays),
      examples: ['mnist', 'titanic'],
    },
    ...generated.map((form) => {
      const name = String(properties(form).generate?.const);
      const about = properties(form).generate?.description ?? '';
      return {
        title: `\`data: {generate: ${name}}\``,
        intro: about,
        ...data(form),
        examples: [name, 'mnist'],
      };
    }),
    {
      title: '`parameters`: how to write one',
      intro:
        'A parameter is a constant (`layers: 2`) or a mapping with these keys. The distributions ' +
        'have the names that W&B\n' +
        'sweeps give them: `q_` rounds to multiples of `q`, `log_` draws evenly on a logarithmic ' +
        'scale. *Any value* is a number,\n' +
        'text, true, false, or a list of these, if the parameter allows it.',
      schema: objectForm(anyParameter(external.parameters)),
      path: ['parameters', '*'],
      prefix: '',
      examples: ['domains', 'titanic', 'open', 'steps'],
    },
    {
      title: '`parameters`: the built-in network',
      intro:
        'The built-in trainer `mlp` is a multilayer perceptron: fully connected layers from the ' +
        'inputs through the hidden\n' +
        'layers to the outputs. It runs on the CPU. Each parameter is a constant or a mapping as ' +
        'above. A list of layer widths\n' +
        'needs `value` or `values` around it: `hidden: {value: [64, 32]}`.',
      schema: shallow(parameters),
      path: ['parameters'],
      prefix: '',
      examples: ['titanic'],
    },
    {
      title: '`fit_first`',
      intro: 'Options of `method: fit_first`. [procedure.md](procedure.md) explains what they do.',
      schema: top.fit_first ?? {},
      path: ['fit_first'],
      prefix: '',
      examples: ['titanic', 'open', 'beyond'],
    },
    {
      title: '`trainer`: your own program or module',
      intro: '[examples/README.md](../examples/README.md) explains how programs are started and read.',
      schema: external.trainer ?? {},
      path: ['trainer'],
      prefix: '',
      examples: ['command', 'module', 'log', 'events'],
    },
    {
      title: 'What differs with your own trainer',
      intro:
        '`data` is optional, and `parameters` takes any names. These keys have other defaults, or exist only here.',
      schema: { properties: differences(external, top) },
      path: [],
      prefix: '',
      examples: ['command', 'module'],
    },
  ];
}

/** The keys of a campaign with an external trainer whose form differs from the built-in one's. */
function differences(external: Schemas, builtIn: Schemas): Schemas {
  const { fit_first, repeats, metric } = external;
  const known = properties(builtIn.fit_first);
  const own = Object.entries(properties(fit_first)).filter(
    ([key, schema]) => JSON.stringify(schema) !== JSON.stringify(known[key]),
  );
  return {
    ...(repeats && { repeats }),
    ...(metric && { metric }),
    fit_first: { properties: Object.fromEntries(own) },
  };
}

function formatSection(section: Section, configs: ReadonlyMap<string, Config>): string {
  const found = rows(section.schema, section.prefix);
  const lines = [...found].map(([key, row]) => {
    const example = exampleOf([...section.path, ...key.split('.')], section.examples, configs);
    return `| ${[code(key), row.type, row.initial, row.meaning, code(example)].map(cell).join(' | ')} |`;
  });
  return [`## ${section.title}`, '', section.intro, '', HEAD, RULE, ...lines].join('\n');
}

const HEAD = '| key | type | default | meaning | example |';
const RULE = '|---|---|---|---|---|';

interface Row {
  readonly isConstant: boolean;
  readonly type: string;
  readonly initial: string;
  readonly meaning: string;
}

/** The keys below a schema, nested ones with dots. The first form that has a key describes it. */
function rows(schema: JsonSchema, prefix: string): Map<string, Row> {
  const found = new Map<string, Row>();
  const add = (key: string, row: Row): void => {
    const before = found.get(key);
    if (before === undefined) found.set(key, row);
    else if (before.type !== row.type && row.isConstant) found.set(key, merged(before, row));
  };
  for (const form of forms(schema)) {
    for (const [name, inner] of Object.entries(properties(form))) {
      const key = prefix === '' ? name : `${prefix}.${name}`;
      const required = forms(schema).length === 1 && form.required?.includes(name) === true;
      if (inner.description !== undefined) add(key, rowOf(inner, required));
      for (const [below, row] of rows(inner, key)) add(below, row);
    }
    const any = form.additionalProperties;
    if (typeof any === 'object' && prefix !== '') {
      for (const [below, row] of rows(any, `${prefix}.*`)) add(below, row);
    }
  }
  return found;
}

/** One row for a key that has a constant of its own in each form, as `search.method` has. */
function merged(a: Row, b: Row): Row {
  return { ...a, type: `${a.type}, ${b.type}`, meaning: `${a.meaning} ${b.meaning}` };
}

function rowOf(schema: JsonSchema, required: boolean): Row {
  const description = schema.description ?? '';
  const said = / ?Default: (.+?)\.(?= |$)/.exec(description);
  const meaning = said === null ? description : description.replace(said[0], '').trim();
  const initial = schema.default === undefined ? said?.[1] : formatDefault(schema);
  const isRequired = description.includes('Required with') || (required && initial === undefined);
  return {
    isConstant: schema.const !== undefined,
    type: typeOf(schema),
    initial: isRequired ? '*required*' : (initial ?? '-'),
    meaning,
  };
}

/** The default of a section is an empty mapping, and its keys have the real ones. */
function formatDefault(schema: JsonSchema): string {
  const isEmpty = ['{}', '[]'].includes(JSON.stringify(schema.default));
  if (!isEmpty) return code(flow(schema.default));
  return forms(schema).some((form) => form.properties !== undefined) ? 'see below' : 'none';
}

function typeOf(schema: JsonSchema): string {
  const all = forms(schema);
  const kinds = new Set<unknown>(all.flatMap(({ type }) => type ?? []));
  if (['number', 'string', 'boolean'].every((kind) => kinds.has(kind))) return 'any value';
  if (all.length > 1) return [...new Set(all.map(typeOf))].join(' or ');
  const [one] = all;
  if (one === undefined) return '';
  if (Array.isArray(one.type)) return one.type.map((type) => typeOf({ type })).join(' or ');
  if (one.const !== undefined) return code(String(one.const));
  if (one.enum !== undefined) return one.enum.map((value) => code(String(value))).join(', ');
  if (one.type === 'array' && isSchema(one.items)) return `list of ${typeOf(one.items)}`;
  if (one.type === 'integer') return `whole number${rangeOf(one)}`;
  if (one.type === 'number') return `number${rangeOf(one)}`;
  if (one.type === 'boolean') return 'true, false';
  if (one.type === 'string') return 'text';
  return 'mapping';
}

/** `, 1 to 1000`, or the one bound that there is. zod bounds every whole number by what a double can hold. */
function rangeOf({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: JsonSchema): string {
  const isBound = (value: unknown): value is number =>
    typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER;
  const format = (value: number): string => value.toLocaleString('en-US');
  if (isBound(minimum) && isBound(maximum)) return `, ${format(minimum)} to ${format(maximum)}`;
  const bounds = [
    ...(isBound(minimum) ? [`at least ${format(minimum)}`] : []),
    ...(isBound(exclusiveMinimum) ? [`above ${format(exclusiveMinimum)}`] : []),
    ...(isBound(exclusiveMaximum) ? [`below ${format(exclusiveMaximum)}`] : []),
    ...(isBound(maximum) ? [`at most ${format(maximum)}`] : []),
  ];
  return bounds.length === 0 ? '' : `, ${bounds.join(' and ')}`;
}

function exampleOf(
  path: readonly string[],
  names: readonly string[],
  configs: ReadonlyMap<string, Config>,
): string {
  const values = names.map((name) => valuesAt(configs.get(name), path)).find((found) => found.length > 0);
  if (values === undefined)
    throw new Error(`scripts/config-examples.yaml sets ${path.join('.')} in no config of ${names}`);
  const key = path.at(-1) ?? '';
  const texts = values.map((value) => flow({ [key]: value }).slice(1, -1));
  return texts.find((text) => text.length <= MAX_EXAMPLE) ?? `${key}: {...}`;
}

const MAX_EXAMPLE = 90;

function valuesAt(value: unknown, [key, ...rest]: readonly string[]): unknown[] {
  if (key === undefined) return [value];
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.entries(value).filter(([name]) => key === '*' || name === key);
  return inner.flatMap(([, one]) => valuesAt(one, rest));
}

const flow = (value: unknown): string =>
  stringify(value, { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: false }).trim();

type Schemas = Readonly<Record<string, JsonSchema>>;

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function properties(schema: JsonSchema | undefined): Schemas {
  const entries = Object.entries(schema?.properties ?? {});
  return Object.fromEntries(entries.flatMap(([key, one]) => (isSchema(one) ? [[key, one]] : [])));
}

/** The forms that a value may take, inner ones spread out. */
function forms(schema: JsonSchema | undefined): JsonSchema[] {
  if (schema === undefined) return [];
  const inner = (schema.anyOf ?? schema.oneOf)?.filter(isSchema);
  return inner === undefined ? [schema] : inner.flatMap(forms);
}

/**
 * The schema of a parameter for trainers that take any values: the keys of a mapping without the limits of one name.
 */
function anyParameter(parameters: JsonSchema | undefined): JsonSchema {
  const any = parameters?.additionalProperties;
  return isSchema(any) ? any : {};
}

const objectForm = (schema: JsonSchema | undefined): JsonSchema =>
  forms(schema).find((form) => form.properties !== undefined) ?? {};

/** The parameters of the network without the keys of their mappings, which have a table of their own. */
function shallow(parameters: JsonSchema): JsonSchema {
  const entries = Object.entries(properties(parameters)).map(([name, schema]) => {
    const bare = forms(schema).filter((form) => form.properties === undefined);
    return [name, { description: schema.description ?? '', anyOf: bare }];
  });
  return { properties: Object.fromEntries(entries) };
}

const omit = (schemas: Schemas, keys: readonly string[]): Schemas =>
  Object.fromEntries(Object.entries(schemas).filter(([key]) => !keys.includes(key)));

const code = (text: string): string => (text === '' ? '' : `\`${text}\``);

/** A cell of a Markdown table, where a bar would end it. */
const cell = (text: string): string => text.replaceAll('|', '\\|');
