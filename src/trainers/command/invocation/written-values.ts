import type { ParameterValue } from '../../../campaign/parameters.js';

/** How the config spells numbers: by parameter, then by number. Equal numbers have one spelling, the first. */
export type Spellings = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** A parameter's number as the config spells it: 0.0 and not 0. */
export function spelledNumber(name: string, value: number, spellings: Spellings): string {
  const known = Object.hasOwn(spellings, name) ? spellings[name] : undefined;
  return (
    (known !== undefined && Object.hasOwn(known, value) ? known[String(value)] : undefined) ?? String(value)
  );
}

const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[-+]?\d+)?$/i;

/** Parameters as JSON, with numbers as the config spells them where JSON has that form. */
export function parametersJson(
  parameters: Readonly<Record<string, ParameterValue>>,
  spellings: Spellings,
): string {
  const entries = Object.entries(parameters).map(
    ([name, value]) => `${JSON.stringify(name)}:${valueJson(name, value, spellings)}`,
  );
  return `{${entries.join(',')}}`;
}

/** A value as JSON, with numbers as `parametersJson` writes them. */
export function valueJson(name: string, value: ParameterValue, spellings: Spellings): string {
  if (typeof value === 'object') return `[${value.map((one) => valueJson(name, one, spellings)).join(',')}]`;
  if (typeof value !== 'number') return JSON.stringify(value);
  const spelled = spelledNumber(name, value, spellings);
  return JSON_NUMBER.test(spelled) ? spelled : JSON.stringify(value);
}
