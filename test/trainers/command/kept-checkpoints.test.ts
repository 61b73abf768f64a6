import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { prepareCampaign } from '../../../src/app/prepare-campaign.js';
import { runPrepared } from '../../../src/app/run-config.js';
import { describePrepared } from '../../../src/cli/commands/validate.js';
import { emptyFolder } from '../../support/command-line.js';

/** Saves its state after the last epoch, if it is given a place for it. */
const PROGRAM = `
printf '{"epoch": 1, "val_loss": %s}\\n' "$1"
[ -z "$FITFIRST_CHECKPOINT_DIR" ] || echo "$1" > "$FITFIRST_CHECKPOINT_DIR/state.txt"
`;

const configWith = (keep: string): string => `
trainer:
  command: [sh, train.sh, "\${param:rate}"]
  report: stdout
${keep}
parameters: {rate: {values: [0.5, 0.25]}, epochs: 1}
method: grid
`;

it('keeps the checkpoints of all trials, or of the chosen one alone, with the same results', async () => {
  await using folder = await emptyFolder();
  await writeFile(join(folder.path, 'train.sh'), PROGRAM);
  const run = async (keep: string): Promise<{ text: string; states: string[]; table: string }> => {
    const path = join(folder.path, 'campaign.yaml');
    await writeFile(path, configWith(keep));
    const prepared = await prepareCampaign(path);
    const out = join(folder.path, `out${keep.length}`);
    await runPrepared(prepared, { out, workers: 1 });
    const kept = join(out, 'checkpoints');
    const states = (existsSync(kept) ? readdirSync(kept, { recursive: true, encoding: 'utf8' }) : [])
      .filter((name) => name.endsWith('state.txt'))
      .map((name) => readFileSync(join(kept, name), 'utf8').trim());
    const table = readFileSync(join(out, 'trials.csv'), 'utf8');
    return { text: describePrepared(prepared).join('\n'), states: states.sort(), table };
  };

  const none = await run('');
  const all = await run('  keep: {checkpoints: all, limit: 1MB}');
  const best = await run('  keep: {checkpoints: best}');

  expect(none.states).toEqual([]);
  expect(all.states).toEqual(['0.25', '0.25', '0.5']);
  expect(best.states).toEqual(['0.25']);
  expect([all.table, best.table]).toEqual([none.table, none.table]);
  expect(none.text).not.toContain('keep');
  expect(all.text).toMatch(
    /keep +the checkpoints of all trials that train all of their epochs, at most 1 MB on disk/,
  );
  expect(best.text).toMatch(
    /keep +the checkpoint of the final trial of the chosen setting, at most 2\.1 GB on disk/,
  );
});
