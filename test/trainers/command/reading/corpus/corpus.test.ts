import { describe, expect, it } from 'vitest';
import { otherLogs } from './other-logs.js';
import { pythonLogs } from './python-logs.js';
import { tryProposal } from './score.js';
import { visionLogs } from './vision-logs.js';

const corpus = [...pythonLogs, ...visionLogs, ...otherLogs];

describe('the pattern that is proposed for a log of a well-known program', () => {
  const results = corpus.map((sample) => ({ ...sample, ...tryProposal(sample) }));

  it('is never refused by its own reader', () => {
    expect(results.filter(({ result }) => result === 'refused').map(({ program }) => program)).toEqual([]);
  });

  it('reads the right metric of at least 90 % of the logs', () => {
    expect(corpus.length).toBeGreaterThanOrEqual(40);
    const wrong = results.filter(({ result }) => result !== 'right');
    const list = wrong.map(({ program, result, pattern }) => `${program}: ${result} ${pattern}`).join('\n');
    expect(1 - wrong.length / corpus.length, list).toBeGreaterThanOrEqual(0.9);
  });
});
