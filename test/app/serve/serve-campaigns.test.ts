import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { serveCampaigns } from '../../../src/app/serve/serve-campaigns.js';
import { emptyFolder, fitfirst } from '../../support/command-line.js';

const fixtures = fileURLToPath(new URL('../../fixtures/version-0.1.0/', import.meta.url));

async function served(): Promise<AsyncDisposable & { readonly address: string; readonly path: string }> {
  const folder = await emptyFolder();
  await cp(join(fixtures, 'mlp-grid/states/concluded'), join(folder.path, 'grid'), { recursive: true });
  await cp(join(fixtures, 'mlp-fit-first/states/dropout'), join(folder.path, 'older/half'), {
    recursive: true,
  });
  const serving = await serveCampaigns(folder.path, 0);
  return {
    address: serving.address,
    path: folder.path,
    async [Symbol.asyncDispose]() {
      await serving.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}

interface Got {
  readonly status: number | undefined;
  readonly text: string;
}

/** As `fetch`, which does not let a program choose the host and the origin. */
function request(address: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Got> {
  return new Promise((resolve, reject) => {
    get(address, { headers, method }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part) => {
        text += part;
      });
      response.on('end', () => resolve({ status: response.statusCode, text }));
    })
      .on('error', reject)
      .end();
  });
}

describe('fitfirst serve', () => {
  it('lists the campaigns of a folder, and shows each as its report', async () => {
    await using pages = await served();
    const list = await request(pages.address);
    expect(list.status).toBe(200);
    expect(list.text).toContain('2 campaigns');
    expect(list.text).toContain('href="campaign?folder=older%2Fhalf"');
    const report = await request(`${pages.address}campaign?folder=grid`);
    expect(report.status).toBe(200);
    expect(report.text).toContain('<h1>mlp-grid</h1>');
    expect(report.text).toContain('data-events="events?folder=grid"');
  });

  it('lists the trials of a campaign and opens each, and hands them out as CSV', async () => {
    await using pages = await served();
    const trials = await request(`${pages.address}trials?folder=grid`);
    expect(trials.status).toBe(200);
    expect(trials.text).toContain('href="trial?folder=grid&amp;number=17"');
    const trial = await request(`${pages.address}trial?folder=grid&number=17`);
    expect(trial.status).toBe(200);
    for (const text of ['<h1>Trial 17</h1>', 'Learning curve', 'Attempts', 'learning_rate'])
      expect(trial.text).toContain(text);
    const table = await request(`${pages.address}trials.csv?folder=grid`);
    expect(table.text).toBe(await readFile(join(fixtures, 'mlp-grid/expected/trials.csv'), 'utf8'));
    expect((await request(`${pages.address}trial?folder=grid&number=18`)).status).toBe(404);
    expect((await request(`${pages.address}trial?folder=grid&number=x`)).status).toBe(404);
  });

  it('compares campaigns side by side, and says how many it can compare', async () => {
    await using pages = await served();
    const both = await request(`${pages.address}compare?folder=grid&folder=older%2Fhalf`);
    expect(both.status).toBe(200);
    for (const text of ['Epochs trained', 'Values of learning_rate', 'not concluded', '0.03, 0.1'])
      expect(both.text).toContain(text);
    const one = await request(`${pages.address}compare?folder=grid&folder=grid`);
    expect(one.status).toBe(400);
    expect(one.text).toContain('Select 2 to 10 campaigns to compare; 1 is selected.');
  });

  it('gives nothing without the token, to another host or origin, or outside of the folder', async () => {
    await using pages = await served();
    const { host } = new URL(pages.address);
    const refused = [
      request(`http://${host}/`),
      request(`http://${host}/${'0'.repeat(32)}/`),
      request(pages.address, { host: 'attacker.example' }),
      request(pages.address, { origin: 'http://attacker.example' }),
    ];
    for (const { status, text } of await Promise.all(refused)) {
      expect(status).toBe(403);
      expect(text).not.toContain('grid');
    }
    expect((await request(pages.address, {}, 'POST')).status).toBe(405);
    for (const name of ['..', '../..', '/etc', 'grid/..', '%00', '__proto__', '']) {
      const { status } = await request(`${pages.address}campaign?folder=${encodeURIComponent(name)}`);
      expect(status, name).toBe(404);
    }
    expect((await request(`${pages.address}nowhere`)).status).toBe(404);
    expect((await request(`${pages.address}%E0%A4%A`)).status).toBe(404);
  });

  it('says of a campaign that is damaged what is wrong, and forgets one that is deleted', async () => {
    await using folder = await emptyFolder();
    await cp(join(fixtures, 'mlp-grid/states/concluded'), join(folder.path, 'bad'), { recursive: true });
    await cp(join(fixtures, 'mlp-grid/states/concluded'), join(folder.path, 'gone'), { recursive: true });
    const journal = join(folder.path, 'bad/journal.jsonl');
    const [first, second, ...rest] = (await readFile(journal, 'utf8')).split('\n');
    await writeFile(journal, [first, `${second} `, ...rest].join('\n'));
    const serving = await serveCampaigns(folder.path, 0);
    try {
      const damaged = await request(`${serving.address}campaign?folder=bad`);
      expect(damaged.status).toBe(422);
      expect(damaged.text).toContain('journal.jsonl');
      await rm(join(folder.path, 'gone'), { recursive: true });
      const gone = await request(`${serving.address}campaign?folder=gone`);
      expect(gone.status).toBeGreaterThanOrEqual(404);
      expect(gone.text).not.toContain('    at ');
    } finally {
      await serving.close();
    }
  });

  it('answers two thousand requests at once and goes on', async () => {
    await using pages = await served();
    const answers = Array.from({ length: 2000 }, () => request(pages.address).catch(() => null));
    await Promise.all(answers);
    expect((await request(pages.address)).status).toBe(200);
  });

  it('escapes the names of folders', async () => {
    await using folder = await emptyFolder();
    const name = '<img src=x onerror=alert(1)>"';
    await cp(join(fixtures, 'mlp-grid/states/concluded'), join(folder.path, name), { recursive: true });
    const serving = await serveCampaigns(folder.path, 0);
    try {
      const { text } = await request(serving.address);
      expect(text).not.toContain('<img');
      const report = await request(`${serving.address}campaign?folder=${encodeURIComponent(name)}`);
      expect(report.status).toBe(200);
      expect(report.text).not.toContain('<img');
    } finally {
      await serving.close();
    }
  });

  it('refuses a folder that is not there, a port in use and a port that is none', async () => {
    await using folder = await emptyFolder();
    const missing = await fitfirst(folder.path, 'serve', 'nowhere');
    expect(missing).toMatchObject({ code: 2, stdout: '' });
    expect(missing.stderr).toContain('nowhere: cannot be read');
    await using pages = await served();
    const { port } = new URL(pages.address);
    const used = await fitfirst(folder.path, 'serve', '.', '--port', port);
    expect(used).toMatchObject({ code: 2, stdout: '' });
    expect(used.stderr).toContain(`Port ${port} cannot be used: another program uses it.`);
    const none = await fitfirst(folder.path, 'serve', '.', '--port', '70000');
    expect(none.stderr).toContain('Expected a port from 1 to 65535.');
  });
});
