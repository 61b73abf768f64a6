import { checkProgram } from '../config/resolve/check-program.js';
import { checkModule } from '../trainers/module/module-check.js';
import type { PreparedCampaign } from './prepare-campaign.js';

/** Throws CONFIG_INVALID where the trainer cannot be started at all on this machine, so that no trial is spent on it. */
export async function checkTrainer({ loaded, trainer }: PreparedCampaign): Promise<void> {
  if (trainer.kind === 'command') checkProgram(loaded);
  if (trainer.kind === 'module') await checkModule(trainer.path);
}
