import type { Campaign } from '../../campaign/campaign.js';
import { lastFinding } from '../summary/decisions.js';
import type { CsvRow } from './csv-text.js';
import { parameterCell } from './parameter-cell.js';

/**
 * The rows of `front.csv`, the header first: one row for each setting of the Pareto front. Of each objective it has the
 * mean over the repeats and the ends of its 95 % interval. Null where the campaign has no front.
 */
export function frontRows(campaign: Campaign): CsvRow[] | null {
  const front = lastFinding(campaign, 'front');
  if (front === undefined || campaign.facts === null) return null;
  const { parameters: names } = campaign.facts;
  const columns = front.objectives.flatMap(({ name }) => [name, `${name}_low`, `${name}_high`]);
  return [
    [...names.map((name) => (columns.includes(name) ? `parameter_${name}` : name)), ...columns, 'repeats'],
    ...front.settings.map(
      ({ parameters, values }): CsvRow => [
        ...names.map((name) => parameterCell(parameters[name])),
        ...values.flatMap(({ mean, low, high }) => [mean, low, high]),
        values[0]?.repeats ?? 0,
      ],
    ),
  ];
}
