import { categoryOfNumber, parseCell } from '../../../data/table/cell.js';
import { quote } from '../../../text/quote.js';
import type { Checks } from '../../diagnostics/checks.js';

/**
 * The values of a list `missing_values` that do not stand for a missing cell anyway, each once and in its shortest
 * form.
 */
export function resolveMissingValues(
  values: readonly (string | number | boolean | null)[],
  path: readonly string[],
  checks: Checks,
): string[] {
  const found = new Set<string>();
  for (const [index, value] of values.entries()) {
    const cell = parseCell(String(value));
    switch (cell.kind) {
      case 'missing':
        break;
      case 'number':
        found.add(categoryOfNumber(cell.value));
        break;
      case 'text':
        found.add(cell.text);
        break;
      case 'unusable':
        checks.report(
          [...path, index],
          `${path.join('.')}[${index}] is ${quote(cell.text)}, expected a word or a number between -1e150 and 1e150.`,
        );
        break;
      default:
        cell satisfies never;
    }
  }
  return [...found];
}
