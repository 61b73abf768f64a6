import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { prepareCampaign } from '../../src/app/prepare-campaign.js';
import { tryProgram } from '../../src/app/try/try-program.js';
import { formatTried, isTriedSound } from '../../src/cli/output/format-tried.js';

/** What is said of a program that this script is. */
async function tried(
  script: string,
  milliseconds = 60_000,
  more = '',
  stop?: AbortSignal,
): Promise<{ isSound: boolean; text: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'fitfirst-tried-'));
  try {
    await writeFile(join(folder, 'train.cjs'), script);
    const config = join(folder, 'c.yaml');
    await writeFile(
      config,
      `trainer:
  command: [node, train.cjs, "\${args}"]
  report: {pattern: 'epoch (?<epoch>\\d+) (?:loss (?<val_loss>\\S+)|other (?<other>\\S+))'}
  env: {TOKEN: swordfish-1, THREADS: 1}
parameters: {rate: {values: [0.5, 1]}, epochs: 2}
method: grid
${more}`,
    );
    const program = await tryProgram(await prepareCampaign(config), milliseconds, stop);
    expect((await readdir(folder)).sort()).toEqual(['c.yaml', 'train.cjs']);
    return { isSound: isTriedSound(program), text: formatTried(program).join('\n') };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

describe('a program that is tried for a moment', () => {
  it('shows what was read, and leaves nothing', async () => {
    const script =
      "require('node:fs').writeFileSync(process.env.FITFIRST_TRIAL_DIR + '/model.txt', '');" +
      "for (const n of [1, 2]) console.log('epoch ' + n + ' loss ' + 1 / n);";
    const { isSound, text } = await tried(script);
    expect(isSound).toBe(true);
    expect(text).toContain('2 reports, the first: epoch 1, val_loss 1');
    expect(text).toContain('the last: epoch 2, val_loss 0.5');
    expect(text).toContain('files      model.txt, params.json');
    expect(text).toContain('ended      by itself');
    expect(text).toContain('compared   with rate 1');
    expect(text).toContain('warning    The program seems to ignore "rate"');
  });

  it('compares repeats and settings while there is time, and names the first of them that fails', async () => {
    const script =
      "const rate = Number(process.argv[2].split('=')[1]); if (rate === 1) throw new Error('too large');" +
      "for (const n of [1, 2]) console.log('epoch ' + n + ' loss ' + rate / n);";
    const { isSound, text } = await tried(script, 60_000, 'repeats: 2\n');
    expect(isSound).toBe(false);
    expect(text).toMatch(/compared +with another seed and rate 1\n/);
    expect(text).toMatch(/failed +with rate 1: The command exited with code 1: [\s\S]*too large/);
    expect(text).toContain('warning    Repeats of a setting give the same numbers');
  });

  it('does not show the values of its variables, whatever it prints', async () => {
    const { text } = await tried("console.log('key ' + process.env.TOKEN); process.exit(1)");
    expect(text).toContain('env        TOKEN, THREADS (values are not shown)');
    expect(text).toContain('key $TOKEN');
    expect(text).not.toContain('swordfish');
  });

  it('shows which metric is missing, and why it failed', async () => {
    expect(await tried("console.log('epoch 1 other 1'); console.log('epoch 2 other 1')")).toEqual({
      isSound: false,
      text: expect.stringMatching(/missing +val_loss: a trial has to report it\./),
    });
    expect(await tried("console.log('no'); process.exit(3)")).toEqual({
      isSound: false,
      text: expect.stringMatching(/ended +with a failure: The command exited with code 3: no/),
    });
  });

  it('is ended when the time is over, and is not called sound if nothing was read by then', async () => {
    const { isSound, text } = await tried("console.log('loading'); setInterval(() => {}, 1000)", 1_000);
    expect(isSound).toBe(false);
    expect(text).toMatch(/printed +loading/);
    expect(text).toContain('the time was over before the first report');
  });

  it('ends at once when it is to stop', async () => {
    const { isSound, text } = await tried('setInterval(() => {}, 1000)', 600_000, '', AbortSignal.abort());
    expect(isSound).toBe(false);
    expect(text).toContain('read       0 reports');
  });
});
