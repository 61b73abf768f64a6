import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { FitfirstError } from '../../campaign/fitfirst-error.js';
import type { TrainedNetwork } from '../../campaign/outcome.js';
import type { TrialKey } from '../../campaign/trial.js';
import { readNetwork } from '../../mlp/network-file.js';
import { systemErrorCode } from '../../platform/system-error.js';
import { unwritable, writeFile } from '../../platform/write-file.js';
import { errorReason } from '../../text/error-reason.js';

/** The file that holds the network of a trial. */
function networkPath(folder: string, trial: TrialKey): string {
  return join(folder, 'weights', `${trial}.network`);
}

/** Keeps the networks of finished trials in `weights/`. */
export class NetworkFiles {
  constructor(private readonly folder: string) {}

  /** Resolves when the network is durable; throws `RESULTS_UNWRITABLE`. */
  async save(trial: TrialKey, network: TrainedNetwork): Promise<void> {
    const path = networkPath(this.folder, trial);
    await makeFolder(dirname(path));
    await writeFile(path, network.bytes);
  }

  /** The bytes of a network. Throws `CAMPAIGN_MISSING` if there are none, `DATA_INVALID` if they are damaged. */
  async read(trial: TrialKey): Promise<Uint8Array> {
    const path = networkPath(this.folder, trial);
    const bytes = await this.#bytes(path);
    try {
      readNetwork(bytes);
    } catch (error) {
      if (!(error instanceof FitfirstError)) throw error;
      const advice = 'Restore a copy of the file, or run the campaign again with --fresh.';
      throw new FitfirstError('DATA_INVALID', `${path}: ${error.message} ${advice}`, { cause: error });
    }
    return bytes;
  }

  async #bytes(path: string): Promise<Uint8Array> {
    try {
      return await readFile(path);
    } catch (cause) {
      throw new FitfirstError(
        'CAMPAIGN_MISSING',
        `${path}: the saved network cannot be read: ${errorReason(cause)}. The journal does not have it. Restore ` +
          'a copy of the file, or run the campaign again with --fresh.',
        { cause },
      );
    }
  }
}

/** Makes a folder, but not the one above it. */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    if (systemErrorCode(error) !== 'EEXIST') throw unwritable(path, error);
  }
}
