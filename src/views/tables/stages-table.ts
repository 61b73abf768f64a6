import type { Campaign } from '../../campaign/campaign.js';
import { adjustedWithinStages } from '../model/adjusted-settings.js';
import { meanOfSetting, stageSettings } from '../model/settings.js';
import type { CsvRow } from './csv-text.js';
import { parameterCell } from './parameter-cell.js';

const before = ['stage'];
const after = ['epochs', 'until', 'repeats', 'mean', 'adjusted_mean', 'standard_error', 'because'];

/**
 * The rows of the table of stages, the header first: one row for each setting of each stage (separate where its trials
 * may end early: `until` names the metric), with the campaign's metric over its settled repeats, plain
 * and adjusted for the repeats (`adjustedMeans`), and the sentence with which the stage first asked for it.
 */
export function* stageRows(campaign: Campaign): Generator<CsvRow> {
  const { facts } = campaign;
  const names = facts?.parameters ?? [];
  const own = [...before, ...after];
  yield [...before, ...names.map((name) => (own.includes(name) ? `parameter_${name}` : name)), ...after];
  if (facts === null) return;
  const settings = stageSettings(campaign);
  const adjusted = adjustedWithinStages(campaign, settings, facts);
  for (const setting of settings) {
    const mean = meanOfSetting(campaign, setting, facts);
    yield [
      setting.stage,
      ...names.map((name) => parameterCell(setting.parameters[name])),
      setting.epochs,
      setting.until,
      mean?.repeats ?? 0,
      mean?.mean ?? null,
      adjusted.get(setting) ?? null,
      mean?.standardError ?? null,
      setting.because,
    ];
  }
}
