import type { Campaign } from '../../campaign/campaign.js';
import { diagnosesOf } from '../../diagnosis/diagnoses.js';
import type { CsvRow } from './csv-text.js';

/** The rows of the table of diagnoses, the header first; `numbers` is JSON. */
export function* diagnosisRows(campaign: Campaign): Generator<CsvRow> {
  yield ['code', 'because', 'suggestion', 'numbers'];
  for (const { code, because, suggestion, numbers } of diagnosesOf(campaign)) {
    yield [code, because, suggestion, JSON.stringify(numbers)];
  }
}
