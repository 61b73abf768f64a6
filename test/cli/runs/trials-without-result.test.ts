import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fitfirstHere } from '../../support/command-here.js';
import { emptyFolder, writeCampaign } from '../../support/command-line.js';

/** Three settings, of which one exits with code 7 on each attempt. */
const campaign = `
name: crashing
trainer:
  command: [sh, -c, 'test "$0" != 2 || exit 7; echo "{\\"val_loss\\": $0}"', "\${param:x}"]
  report: stdout
metric: {name: val_loss}
parameters:
  x: {values: [1, 2, 3]}
retries: 0
repeats: {first: 1, most: 1}
workers: 1
method: grid
`;

it('a trial that crashed is in the summary, summary.json, the report, the status and the plain lines', async () => {
  await using folder = await emptyFolder();
  await writeCampaign(folder.path, campaign);
  const run = await fitfirstHere(folder.path, 'run', 'campaign.yaml', '--view', 'plain');
  expect(run.code, run.stderr).toBe(0);
  const results = join(folder.path, 'results/crashing');
  const status = await fitfirstHere(folder.path, 'status', 'results/crashing');
  const summary = JSON.parse(await readFile(join(results, 'summary.json'), 'utf8'));
  const report = await readFile(join(results, 'report.html'), 'utf8');

  const said = /No result\s+1 failed: #2 \(x 2, repeat 1\), exit/;
  expect(run.stdout).toMatch(said);
  expect(status.stdout).toMatch(said);
  const history = run.stdout.split('crashing · grid')[0];
  expect(history).toContain('1 failed: #2 (x 2, repeat 1), exit');
  expect(summary.without_result).toEqual([
    { trial: 2, stage: 'search', parameters: { x: 2 }, repeat: 1, state: 'failed', reason: 'exit' },
  ]);
  expect(report).toContain('<section id="without-result">');
  expect(report).toContain('1 failed');
  const table = report.slice(report.indexOf('aria-label="Every setting of the search"'));
  expect(table.slice(0, table.indexOf('</table>')).match(/<tr>/g)).toHaveLength(4);
});
