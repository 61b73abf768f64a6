import type { ParameterValue } from '../../campaign/parameters.js';
import type { Cell } from './csv-text.js';

/** A parameter value as a cell: itself, or JSON text for a list. */
export function parameterCell(value: ParameterValue | undefined): Cell {
  if (value === undefined) return null;
  return typeof value === 'object' ? JSON.stringify(value) : value;
}
