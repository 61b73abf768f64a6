import { join } from 'node:path';
import { expect, it } from 'vitest';
import { NetworkFiles } from '../../src/app/model/network-files.js';
import type { TrialKey } from '../../src/campaign/trial.js';
import { emptyFolder } from '../support/command-line.js';

it('a saved network that is gone is named, with the reason of the system and what to do', async () => {
  await using folder = await emptyFolder();
  await expect(new NetworkFiles(folder.path).read('abc' as TrialKey)).rejects.toThrow(
    `${join(folder.path, 'weights/abc.network')}: the saved network cannot be read: no such file or directory ` +
      '(ENOENT). The journal does not have it. Restore a copy of the file, or run the campaign again with --fresh.',
  );
});
