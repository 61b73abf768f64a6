import { FitfirstError } from '../campaign/fitfirst-error.js';
import { diagnosticLines } from '../config/diagnostics/diagnostic.js';
import { escapeControls } from '../text/quote.js';
import type { PreparedCampaign } from './prepare-campaign.js';

/**
 * Throws CONFIG_INVALID where the trainer cannot be started at all on this machine, so that no trial is spent on it.
 */
export async function checkTrainer({ loaded }: PreparedCampaign): Promise<void> {
  const { trainer, space } = loaded.config;
  const problem = await trainer.check(space);
  if (problem === null) return;
  const { path, sentence } = problem;
  if (path === null) throw new FitfirstError('CONFIG_INVALID', sentence);
  const place = loaded.document.placeOf(path, 'value');
  throw new FitfirstError(
    'CONFIG_INVALID',
    diagnosticLines(escapeControls(loaded.path), [{ place, sentence }]),
  );
}
