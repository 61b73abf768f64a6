import { describe, expect, it } from 'vitest';
import { reportHtml } from '../../../src/views/report/report.js';
import { finalSummary } from '../../../src/views/summary/final-summary.js';
import { summarise } from '../../../src/views/summary/summary.js';
import { after, type Script, scriptedEvents } from '../scripted-campaign.js';
import { scriptOf } from '../scripts.js';

const options = { width: 4000, folder: 'results/digits', seconds: 133 };

const played = (fate: NonNullable<Script['fate']>) => after(scriptedEvents({ ...scriptOf(), fate })).campaign;

const campaign = played(({ parameters, repeat, until }) => {
  if (parameters.dropout === 0.35 && repeat === 1) return 'failed';
  return parameters.hidden === 4 && until !== null && repeat === 1 ? 'stopped' : undefined;
});

describe('a campaign in which a trial was stopped and others failed', () => {
  it('says in its summary how many, which, why, and what was decided without them', () => {
    const text = finalSummary(campaign, options);
    expect(text).toMatch(
      /No result +\d failed, 1 stopped: #1 \(hidden 4, .*repeat 1\), stopped by you after 40 epochs; #\d+/,
    );
    expect(text).toContain('made up to fail');
    expect(text).toContain('A size is judged by its other repeats.');
    expect(text).toContain('A setting with such a repeat ranks last and cannot be chosen.');
  });

  it('lists them in summary.json by number, without messages, which differ between machines', () => {
    const { without_result } = summarise(campaign);
    expect(without_result?.[0]).toMatchObject({
      trial: 1,
      stage: 'grow',
      state: 'stopped',
      reason: 'person',
    });
    expect(without_result?.[1]).toMatchObject({ stage: 'dropout', state: 'failed', reason: 'error' });
    expect(JSON.stringify(without_result)).not.toContain('made up');
  });

  it('lists their settings in the tables of the report, with what happened', () => {
    const page = reportHtml(campaign, '0');
    expect(page).toContain('<td>1 failed</td>');
    const rows = page.slice(page.indexOf('aria-label="Every dropout setting"'));
    const settings = campaign.batches.find(({ stage }) => stage === 'dropout')?.trials.length ?? 0;
    expect(rows.slice(0, rows.indexOf('</table>')).match(/<tr>/g)).toHaveLength(settings + 1);
  });
});

describe('a campaign whose trials all have results', () => {
  const sound = played(() => undefined);

  it('has no word of it', () => {
    expect(finalSummary(sound, options)).not.toContain('No result');
    expect(Object.keys(summarise(sound))).not.toContain('without_result');
    expect(reportHtml(sound, '0')).not.toContain('without-result');
  });
});
