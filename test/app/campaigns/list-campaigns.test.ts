import { cp, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { listCampaigns } from '../../../src/app/campaigns/list-campaigns.js';
import { formatCampaigns } from '../../../src/views/campaigns/format-campaigns.js';
import { textWidth } from '../../../src/views/text/text-width.js';
import { fitfirstHere } from '../../support/command-here.js';
import { emptyFolder, fitfirst, writeCampaign } from '../../support/command-line.js';

const fixtures = fileURLToPath(new URL('../../fixtures/version-0.1.0/', import.meta.url));

/** Four campaigns: concluded, without a fit, interrupted, and one with a damaged journal; and folders that are none. */
async function campaigns(): Promise<AsyncDisposable & { readonly path: string }> {
  const folder = await emptyFolder();
  const copy = (campaign: string, state: string, to: string): Promise<void> =>
    cp(join(fixtures, campaign, 'states', state), join(folder.path, to), { recursive: true });
  await copy('mlp-grid', 'concluded', 'grid');
  await copy('mlp-nothing-fits', 'concluded', 'nothing');
  await copy('mlp-fit-first', 'dropout', 'older/half');
  await copy('mlp-grid', 'mid-trial', 'older/damaged');
  const journal = join(folder.path, 'older/damaged/journal.jsonl');
  const [first, second, ...rest] = (await readFile(journal, 'utf8')).split('\n');
  await writeFile(journal, [first, `${second} `, ...rest].join('\n'));
  await copy('mlp-grid', 'concluded', '.hidden');
  await copy('mlp-grid', 'concluded', 'node_modules/package');
  await mkdir(join(folder.path, 'empty'));
  await symlink(folder.path, join(folder.path, 'older', 'circle'));
  return folder;
}

describe('the list of campaigns', () => {
  it('names every campaign below a folder once, with its state, trials and result', async () => {
    await using folder = await campaigns();
    const found = await listCampaigns(folder.path);
    const facts = found.map((campaign) => {
      const name = campaign.folder.split('/').at(-1);
      return campaign.state === 'unreadable'
        ? { name, state: campaign.state }
        : { name, state: campaign.state, conclusion: campaign.conclusion, trials: campaign.trials };
    });
    expect(facts.sort((a, b) => ((a.name ?? '') < (b.name ?? '') ? -1 : 1))).toEqual([
      { name: 'damaged', state: 'unreadable' },
      {
        name: 'grid',
        state: 'concluded',
        conclusion: 'chosen',
        trials: { asked: 17, settled: 17 },
      },
      { name: 'half', state: 'interrupted', conclusion: null, trials: { asked: 13, settled: 11 } },
      {
        name: 'nothing',
        state: 'concluded',
        conclusion: 'nothing-fits',
        trials: { asked: 6, settled: 6 },
      },
    ]);
  });

  it('begins with the campaign whose last event is the latest, and ends with those that cannot be read', async () => {
    await using folder = await campaigns();
    const times = (await listCampaigns(folder.path)).map(({ lastEvent }) => lastEvent ?? 0);
    expect(times).toEqual([...times].sort((a, b) => b - a));
    expect(times.at(-1)).toBe(0);
  });

  it.each([20, 60, 80, 120, 200])('fits %i columns and shows every campaign', async (width) => {
    await using folder = await campaigns();
    const found = (await listCampaigns(folder.path)).map((campaign) => ({
      ...campaign,
      folder: relative(folder.path, resolve(campaign.folder)),
    }));
    const text = formatCampaigns(found, { width, now: Date.now() });
    for (const line of text.split('\n')) expect(textWidth(line)).toBeLessThanOrEqual(Math.max(24, width));
    for (const name of ['grid', 'nothing', 'older/half', 'older/damaged']) expect(text).toContain(name);
    expect(text.replace(/\s+/g, ' ')).toContain('nothing fits');
  });

  it('shows the score that the campaign states, which is the mean on fresh repeats', async () => {
    await using folder = await emptyFolder();
    await writeCampaign(
      folder.path,
      'name: small\ndata: {generate: moons, rows: 60}\n' +
        'parameters: {hidden: {values: [2, 4]}, dropout: {values: [0, 0.3]}, epochs: 40}\n' +
        'repeats: {first: 1, most: 2}\nmethod: fit_first\nfit_first: {grow: hidden, dropout: [dropout]}\n',
    );
    const { stdout } = await fitfirstHere(folder.path, 'run', 'campaign.yaml', '--view', 'plain');
    const stated = /is chosen: .* fresh repeats,?\s+with mean val_loss ([\d.]*\d)/.exec(stdout)?.[1];
    expect(stated).toBeDefined();
    const [campaign] = await listCampaigns(folder.path);
    if (campaign === undefined) throw new Error('no campaign is listed');
    expect(formatCampaigns([campaign], { width: 200, now: 0 })).toContain(`val_loss ${stated}`);
    // The final network trains on the validation rows, too, so it has no score there.
    expect(stdout).toMatch(/ finished: .*, repeat 0: after \d+ epochs?\n/);
  });

  it('is what list and status print, and changes nothing', async () => {
    await using folder = await campaigns();
    const before = await readdir(folder.path, { recursive: true });
    const list = await fitfirst(folder.path, 'list', '.');
    const status = await fitfirst(folder.path, 'status', '.');
    const json = await fitfirst(folder.path, 'list', '.', '--json');
    expect(list).toMatchObject({ code: 0, stderr: '' });
    const printed = list.stdout.replace(/\s+/g, ' ');
    expect(printed).toContain('hidden 6, dropout 0, learning_rate 0.1: val_accuracy 0.7917');
    expect(printed).toContain('older/damaged/journal.jsonl:2: this line');
    expect(status.stdout).toBe(list.stdout);
    expect(JSON.parse(json.stdout)).toContainEqual(
      expect.objectContaining({ folder: 'grid', chosen: expect.objectContaining({ hidden: 6 }) }),
    );
    expect(await readdir(folder.path, { recursive: true })).toEqual(before);
  });

  it('says that a folder has no campaigns, and refuses a folder that is not there', async () => {
    await using folder = await campaigns();
    await rm(join(folder.path, 'older'), { recursive: true });
    expect(await fitfirst(folder.path, 'list', 'empty')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('There is no campaign in empty'),
    });
    expect(await fitfirst(folder.path, 'list', 'empty', '--json')).toMatchObject({ code: 0, stdout: '[]\n' });
    expect(await fitfirst(folder.path, 'list', 'missing')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/^missing: .*Check the path\.\n$/),
    });
  });
});
