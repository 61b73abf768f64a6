import { parse as parseToml, stringify as stringifyToml } from 'smol-toml';
import { isNode, parseDocument, stringify as stringifyYaml } from 'yaml';
import { errorMessage } from '../../../text/error-message.js';
import { type PathStep, setAtPath } from './value-path.js';

export type ConfigFormat = 'yaml' | 'json' | 'toml';

/** A value to be written: text as a text, and a number or a boolean as it is spelled here. */
export type WrittenValue = { readonly text: string } | { readonly spelled: string } | readonly WrittenValue[];

/** What the name of a config file says of its format; null if it does not. */
export function configFormatOf(name: string): ConfigFormat | null {
  if (/\.ya?ml$/i.test(name)) return 'yaml';
  if (/\.json$/i.test(name)) return 'json';
  return /\.toml$/i.test(name) ? 'toml' : null;
}

/** The value of a config file as plain data. Throws Error with a sentence if it cannot be read. */
export function readConfigText(text: string, format: ConfigFormat): unknown {
  switch (format) {
    case 'yaml': {
      const document = parseDocument(text, { logLevel: 'error' });
      const [mistake] = document.errors;
      if (mistake !== undefined) throw new Error(errorMessage(mistake).split('\n', 1)[0]);
      return document.toJS({ maxAliasCount: 100 });
    }
    case 'json':
      return parseJson(text);
    case 'toml':
      return parseToml(text, { integersAsBigInt: true });
    default:
      return format satisfies never;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const place = /line \d+ column \d+/.exec(errorMessage(error))?.[0];
    throw new Error(`it is not valid JSON${place === undefined ? '' : ` (${place})`}`, { cause: error });
  }
}

/**
 * The text of a config file with values set at paths. YAML keeps its comments and its form; JSON and TOML are written
 * again, TOML without its comments. A template is an object at its root.
 */
export function setInConfigText(
  template: string,
  format: ConfigFormat,
  values: readonly (readonly [path: readonly PathStep[], value: WrittenValue])[],
): string {
  const spellings: string[] = [];
  const plain = (value: WrittenValue): unknown => {
    if ('text' in value) return value.text;
    if (!('spelled' in value)) return value.map(plain);
    spellings.push(value.spelled);
    return placeholder(spellings.length - 1);
  };
  const written = write(
    template,
    format,
    values.map(([path, value]) => [path, plain(value)] as const),
  );
  return written.replaceAll(
    /"?fitfirst-value-(\d+)-here"?/g,
    (found, index: string) => spellings[Number(index)] ?? found,
  );
}

/** Numbers are put in as text, so that 0.0 stays 0.0 in any format. */
const placeholder = (index: number): string => `fitfirst-value-${index}-here`;

function write(
  template: string,
  format: ConfigFormat,
  values: readonly (readonly [path: readonly PathStep[], value: unknown])[],
): string {
  if (format === 'yaml' && template.trim() !== '') {
    const document = parseDocument(template, { logLevel: 'error' });
    for (const [path, value] of values) {
      const before = document.getIn(path, true);
      const node = document.createNode(value);
      if (isNode(before) && before.comment) node.comment = before.comment;
      document.setIn(path, node);
    }
    return document.toString({ lineWidth: 0 });
  }
  const root = template.trim() === '' ? {} : readConfigText(template, format);
  if (typeof root !== 'object' || root === null) throw new Error('it is no object');
  for (const [path, value] of values) setAtPath(root, path, value);
  switch (format) {
    case 'yaml':
      return stringifyYaml(root, { lineWidth: 0 });
    case 'json':
      return `${JSON.stringify(root, null, 2)}\n`;
    case 'toml':
      return stringifyToml(root, { numbersAsFloat: true });
    default:
      return format satisfies never;
  }
}
