import { canonicalJson, type Json } from '../../campaign/canonical-json.js';
import { formatPath } from '../diagnostics/diagnostic.js';

/** What is different between two comparable configs: `parameters.dropout: was {...}, is {...}`, one a line. */
export function differences(before: Json, after: Json): string[] {
  return between(before, after, []);
}

function between(before: Json | undefined, after: Json | undefined, path: readonly string[]): string[] {
  if (before !== undefined && after !== undefined && canonicalJson(before) === canonicalJson(after))
    return [];
  if (isMapping(before) && isMapping(after) && !isLeaf(path)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) => between(before[key], after[key], [...path, key]));
  }
  return [`${formatPath(path)}: was ${shown(before)}, is ${shown(after)}`];
}

/** A domain is shown as a whole: half of one says little. */
function isLeaf(path: readonly string[]): boolean {
  return path[0] === 'parameters' && path.length === 2;
}

function isMapping(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shown(value: Json | undefined): string {
  return value === undefined ? 'not there' : inFlowStyle(value);
}

/** As it would stand on one line of YAML. */
function inFlowStyle(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(inFlowStyle).join(', ')}]`;
  if (isMapping(value)) {
    return `{${Object.entries(value)
      .map(([key, entry]) => `${key}: ${inFlowStyle(entry)}`)
      .join(', ')}}`;
  }
  return String(value);
}
