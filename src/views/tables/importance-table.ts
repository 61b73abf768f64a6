import type { Campaign } from '../../campaign/campaign.js';
import { importanceOf } from '../../importance/importance.js';
import type { CsvRow } from './csv-text.js';

/**
 * The rows of the table of importance, the header first: a row for each parameter, then one for each pair of
 * parameters. A pair has no `standard_error` and no `among_best`. Only the header if there are too few settings.
 */
export function* importanceRows(campaign: Campaign): Generator<CsvRow> {
  yield ['parameter', 'with', 'share', 'standard_error', 'among_best'];
  const importance = importanceOf(campaign);
  for (const { name, share, error, amongBest } of importance?.parameters ?? []) {
    yield [name, null, share, error, amongBest];
  }
  for (const { names, share } of importance?.pairs ?? []) yield [...names, share, null, null];
}
