import { cp, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { crc32 } from 'node:zlib';
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

/** What a reader of events gets at once. */
function firstEvents(address: string, seen?: string): Promise<string> {
  const headers = seen === undefined ? {} : { 'last-event-id': seen };
  return new Promise((resolve, reject) => {
    const asked = get(address, { headers }, (response) => {
      response.setEncoding('utf8').once('data', (text: string) => {
        asked.destroy();
        resolve(text);
      });
    }).on('error', reject);
  });
}

/** The header of a journal of a format that does not exist yet. */
const newerHeader = (() => {
  const body = '{"format":99,"engine":"99.0.0","config":"c","data":null';
  return `${body},"crc":"${crc32(body).toString(16).padStart(8, '0')}"}\n`;
})();

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
    for (const text of ['so far, by trials', 'by epoch, of the setting that each campaign chose'])
      expect(both.text).toContain(text);
    const byCost = await request(`${pages.address}compare?folder=grid&folder=older%2Fhalf&by=cost`);
    expect(byCost.text).toContain('so far, by multiply-adds');
    const one = await request(`${pages.address}compare?folder=grid&folder=grid`);
    expect(one.status).toBe(400);
    expect(one.text).toContain('Select 2 to 10 campaigns to compare; 1 is selected.');
  });

  it('says what a campaign found before the pictures of its report are drawn', async () => {
    await using pages = await served();
    const page = `${pages.address}campaign?folder=older%2Fhalf`;
    const [first = '', drawn = ''] = (await request(page)).text.split('<main');
    expect(first).toContain('<div class="waiting"><p class="method">');
    const [, answer = 'no answer'] = /<p class="answer">(.+?)<\/p>/.exec(first) ?? [];
    expect(drawn).toContain(`<p class="answer">${answer}</p>`);
    expect((await request(page)).text).not.toContain('class="waiting"');
  });

  it('sends a page that has a drawing already only what is new', async () => {
    await using pages = await served();
    for (const path of ['campaign?folder=grid', 'history?folder=grid', 'trials?folder=grid']) {
      const { text } = await request(pages.address + path);
      const [, id = ''] = /data-drawn="(\d+)"/.exec(text) ?? [];
      const again = await request(pages.address + path, { 'x-drawn': id });
      expect(again.text).toContain('<main data-live data-kept></main>');
      expect(again.text).toMatch(/<p class="progress"[^>]*>concluded: 17 trials have ended; the best/);
      const other = await request(pages.address + path, { 'x-drawn': `${id}0` });
      expect(other.text).toContain(`data-drawn="${id}"`);
    }
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

  it('answers ten thousand requests at once and goes on', async () => {
    await using pages = await served();
    const wrong = `${new URL(pages.address).origin}/`;
    const answers = Array.from({ length: 10_000 }, (_, i) =>
      request(i % 10 === 0 ? pages.address : wrong).catch(() => null),
    );
    await Promise.all(answers);
    expect((await request(pages.address)).status).toBe(200);
  });

  it('sends the selected rows and columns as CSV, and says what of a filter it cannot use', async () => {
    await using pages = await served();
    const selection = 'q=learning_rate>0.05&sort=trial:descending&column=trial&column=learning_rate';
    const table = await request(`${pages.address}trials.csv?folder=grid&${selection}`);
    const [header, ...rows] = table.text.trimEnd().split('\n');
    expect(header).toBe('trial,learning_rate');
    expect(rows.length).toBeGreaterThan(1);
    expect(rows.every((row) => row.endsWith(',0.1'))).toBe(true);
    const settings = await request(`${pages.address}settings.csv?folder=grid`);
    expect(settings.text).toMatch(/^setting,stage,/);
    const wrong = await request(`${pages.address}settings?folder=grid&q=learning_rat>0.05`);
    expect(wrong.status).toBe(200);
    expect(wrong.text).toContain('Did you mean learning_rate?');
  });

  it('numbers events by the bytes of the journal, and tells a reader that comes back what it missed', async () => {
    await using pages = await served();
    await request(pages.address);
    const { size } = await stat(join(pages.path, 'grid/journal.jsonl'));
    const events = `${pages.address}events?folder=grid`;
    expect(await firstEvents(events)).toBe(`retry: 2000\nid: ${size}\n\n`);
    expect(await firstEvents(events, String(size))).not.toContain('event: change');
    expect(await firstEvents(events, '100')).toContain(`id: ${size}\nevent: change`);
  });

  it('says of a journal that a newer version wrote which version that is', async () => {
    await using folder = await emptyFolder();
    await mkdir(join(folder.path, 'newer'));
    await writeFile(join(folder.path, 'newer/journal.jsonl'), newerHeader);
    const serving = await serveCampaigns(folder.path, 0);
    try {
      expect((await request(serving.address)).text).toContain('99.0.0');
      const report = await request(`${serving.address}campaign?folder=newer`);
      expect(report.status).toBe(422);
      expect(report.text).toContain('99.0.0');
    } finally {
      await serving.close();
    }
  });

  it('shows a folder without campaigns, and a campaign under its new name after it was moved', async () => {
    await using folder = await emptyFolder();
    const serving = await serveCampaigns(folder.path, 0);
    try {
      const empty = await request(serving.address);
      expect(empty.status).toBe(200);
      expect(empty.text).toContain('0 campaigns');
    } finally {
      await serving.close();
    }
    await using pages = await served();
    expect((await request(`${pages.address}history?folder=grid`)).status).toBe(200);
    await rename(join(pages.path, 'grid'), join(pages.path, 'moved'));
    const again = await serveCampaigns(pages.path, 0);
    try {
      expect((await request(`${again.address}history?folder=grid`)).status).toBe(404);
      expect((await request(`${again.address}history?folder=moved`)).status).toBe(200);
    } finally {
      await again.close();
    }
    const gone = await request(`${pages.address}history?folder=grid`);
    expect(gone.status).toBeGreaterThanOrEqual(404);
    expect(gone.text).not.toContain('    at ');
  });

  it('shows a campaign that began after the folder was searched for campaigns', async () => {
    await using pages = await served();
    expect((await request(pages.address)).text).toContain('2 campaigns');
    await cp(join(pages.path, 'grid'), join(pages.path, 'new'), { recursive: true });
    const found = await request(`${pages.address}campaign?folder=new`);
    expect(found.status, found.text).toBe(200);
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
