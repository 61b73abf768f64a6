import { join } from 'node:path';
import type { Campaign } from '../../campaign/campaign.js';
import { version } from '../../platform/version.js';
import { writeFile } from '../../platform/write-file.js';
import type { NetworkFiles } from './network-files.js';

/**
 * Writes the network that a campaign has chosen for others to use: `model.onnx` and `model.json` in its results
 * folder; nothing where none was chosen. Throws RESULTS_UNWRITABLE.
 */
export async function writeModelFiles(
  folder: string,
  campaign: Campaign,
  networks: NetworkFiles,
): Promise<void> {
  const chosen = campaign.conclusion?.chosen ?? null;
  if (chosen === null || campaign.facts === null) return;
  const info = { campaign: campaign.facts.name, version };
  // ONNX needs a library that no other part of a run needs.
  const { exportModel } = await import('../../export/export-model.js');
  const { onnx, json } = exportModel(await networks.read(chosen), info);
  await writeFile(join(folder, 'model.onnx'), onnx);
  await writeFile(join(folder, 'model.json'), json);
}
