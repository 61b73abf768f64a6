import { describe, expect, it } from 'vitest';
import { parseCampaignEvent } from '../../src/journal/campaign-event.js';
import { readCommonEvent } from '../../src/journal/common-events.js';

const spec = { parameters: { x: 0.5, kind: 'a' }, repeat: 1, epochs: 3, until: null, finish: null };
const common: readonly Readonly<Record<string, unknown>>[] = [
  { type: 'trial-started', trial: 'k', attempt: 1 },
  { type: 'trial-reported', trial: 'k', attempt: 1, report: { epoch: 1, metrics: { val_loss: 0.5 } } },
  {
    type: 'trial-reported-epochs',
    trial: 'k',
    attempt: 1,
    epochs: [1, 2],
    metrics: { val_loss: [0.5, 0.25] },
  },
  { type: 'trial-finished', trial: 'k', attempt: 2, reason: 'fit', evaluation: null },
  { type: 'batch-planned', stage: 's', because: 'b', trials: [spec], ahead: [], findings: [] },
];

describe('the events of which large journals consist', () => {
  it('are read without the schema, as they are', () => {
    for (const event of common) {
      expect(readCommonEvent(event)).toBe(event);
      expect(parseCampaignEvent(event)).toBe(event);
    }
  });

  it.each([
    [{ attempt: 0 }, 'attempt'],
    [{ trial: 7 }, 'trial'],
    [{ attempt: undefined }, 'attempt is missing'],
  ])('are left to the schema with %j, which says what is wrong', (change, message) => {
    for (const event of common.slice(0, 4)) {
      expect(readCommonEvent({ ...event, ...change })).toBeNull();
      expect(() => parseCampaignEvent({ ...event, ...change })).toThrow(message);
    }
  });

  it('are left to the schema if a report or a spec is unusual', () => {
    const reported = { ...common[1], report: { epoch: 0, metrics: {} } };
    expect(() => parseCampaignEvent(reported)).toThrow('report.epoch');
    for (const columns of [{ epochs: [0, 1] }, { epochs: [1] }, { metrics: { val_loss: [0.5, null] } }])
      expect(readCommonEvent({ ...common[2], ...columns })).toBeNull();
    expect(() => parseCampaignEvent({ ...common[2], epochs: [0, 1] })).toThrow('epochs.0');
    expect(() => parseCampaignEvent({ ...common[2], epochs: [1] })).toThrow(
      'metrics: a value for each epoch was expected',
    );
    const planned = { ...common[4], trials: [{ ...spec, repeat: -1 }] };
    expect(() => parseCampaignEvent(planned)).toThrow('trials.0.repeat');
    const extra = { ...common[0], later: 1 };
    expect(readCommonEvent(extra)).toBeNull();
    expect(parseCampaignEvent(extra)).toEqual(common[0]);
  });
});
