import { cp, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { serveCampaigns } from '../../../src/app/serve/serve-campaigns.js';
import { emptyFolder } from '../../support/command-line.js';

const grid = fileURLToPath(
  new URL('../../fixtures/version-0.1.0/mlp-grid/states/concluded', import.meta.url),
);

async function served(): Promise<AsyncDisposable & { readonly address: string; readonly campaign: string }> {
  const folder = await emptyFolder();
  const campaign = join(folder.path, 'grid');
  await cp(grid, campaign, { recursive: true });
  const serving = await serveCampaigns(folder.path, 0);
  return {
    address: serving.address,
    campaign,
    async [Symbol.asyncDispose]() {
      await serving.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}

const note = { isStarred: true, text: 'The <b>best</b> of this week' };

const post = (
  address: string,
  body: unknown = note,
  headers: Record<string, string> = { origin: new URL(address).origin, 'content-type': 'application/json' },
): Promise<Response> => fetch(address, { method: 'POST', headers, body: JSON.stringify(body) });

describe('the note and the star of a campaign', () => {
  it('are kept in a file of their own, and shown in the list and on each page', async () => {
    await using pages = await served();
    const before = await readdir(pages.campaign);
    const journal = await readFile(join(pages.campaign, 'journal.jsonl'));
    expect((await post(`${pages.address}note?folder=grid`)).status).toBe(200);
    expect(await readdir(pages.campaign)).toEqual([...before, 'note.json'].sort());
    expect(await readFile(join(pages.campaign, 'journal.jsonl'))).toEqual(journal);
    expect(JSON.parse(await readFile(join(pages.campaign, 'note.json'), 'utf8'))).toEqual(note);
    for (const path of ['', 'campaign?folder=grid', 'settings?folder=grid']) {
      const text = await (await fetch(pages.address + path)).text();
      expect(text).toContain('The &lt;b&gt;best&lt;/b&gt; of this week');
    }
  });

  it('are written for a page of this server alone', async () => {
    await using pages = await served();
    const address = `${pages.address}note?folder=grid`;
    const { origin } = new URL(address);
    const json = 'application/json';
    const tries = [
      post(address, note, { 'content-type': json }),
      post(address, note, { origin, 'content-type': 'text/plain' }),
      post(address, note, { origin: 'http://attacker.example', 'content-type': json }),
      post(`${origin}/${'0'.repeat(32)}/note?folder=grid`),
      fetch(address),
    ];
    for (const { status } of await Promise.all(tries)) expect([403, 405]).toContain(status);
    expect((await post(`${pages.address}campaign?folder=grid`)).status).toBe(405);
    expect(await readdir(pages.campaign)).not.toContain('note.json');
  });

  it('are refused for folders without a campaign, and where something else has the place', async () => {
    await using pages = await served();
    for (const name of ['..', 'grid/..', 'nowhere', ''])
      expect((await post(`${pages.address}note?folder=${encodeURIComponent(name)}`)).status).toBe(404);
    const address = `${pages.address}note?folder=grid`;
    expect((await post(address, { isStarred: 'yes' })).status).toBe(400);
    expect((await post(address, { isStarred: true, text: 'x'.repeat(10_001) })).status).toBe(400);
    expect((await post(address, 'x'.repeat(200_000))).status).toBe(413);
    const other = join(pages.campaign, 'config.yaml');
    const config = await readFile(other, 'utf8');
    await symlink(other, join(pages.campaign, 'note.json'));
    const refused = await post(address);
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain('is not a plain file');
    expect(await readFile(other, 'utf8')).toBe(config);
  });

  it('are empty where the file is damaged', async () => {
    await using pages = await served();
    await writeFile(join(pages.campaign, 'note.json'), '{"isStarred": 7');
    expect((await fetch(`${pages.address}settings?folder=grid`)).status).toBe(200);
  });
});
