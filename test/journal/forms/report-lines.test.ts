import { describe, expect, it } from 'vitest';
import { parseLine } from '../../../src/journal/forms/report-lines.js';

const metrics = '"train_loss":0.25,"val-loss (µ)":-1.5e-7,"epochs.per":3';
const body = (
  part: { readonly trial?: string; readonly epoch?: string; readonly metrics?: string } = {},
): string =>
  `{"seq":12,"at":"2024-01-01T00:00:00.000Z","event":{"type":"trial-reported","trial":"${part.trial ?? 'k'}",` +
  `"attempt":1,"report":{"epoch":${part.epoch ?? '4'},"metrics":{${part.metrics ?? metrics}}}}`;

/** The line before has the usual metrics, so that its form is known. */
function parseAfterReport(line: string): unknown {
  parseLine(body());
  return parseLine(line);
}

describe('a line of a journal', () => {
  it.each([
    ['a report with the metrics of the report before', body({ epoch: '70' })],
    ['a report with other metrics', body({ metrics: '"loss":1' })],
    ['a report without metrics', body({ metrics: '' })],
    [
      'the same metrics in another order',
      body({ metrics: '"epochs.per":3,"train_loss":1,"val-loss (µ)":2' }),
    ],
    ['a metric that is no number', body({ metrics: '"train_loss":null,"val-loss (µ)":"2","epochs.per":3' })],
    [
      'numbers of all forms',
      body({ metrics: '"train_loss":-0,"val-loss (µ)":1E+300,"epochs.per":12.50e-3' }),
    ],
    [
      'a number too large for a double',
      body({ metrics: '"train_loss":1e999,"val-loss (µ)":0,"epochs.per":0' }),
    ],
    ['an epoch that is no count', body({ epoch: '-1.5' })],
    ['an epoch beyond exact numbers', body({ epoch: '12345678901234567890' })],
    ['escapes', body({ trial: 'a\\"b\\u00e9' })],
    ['a metric with the name of the prototype', body({ metrics: '"__proto__":1' })],
    ['a trial that starts', '{"seq":3,"at":"t","event":{"type":"trial-started","trial":"k","attempt":1}'],
    ['an event that is no object', '{"seq":3,"at":"t","event":null'],
  ])('is what JSON says: %s', (_, line) => {
    for (let times = 0; times < 2; times++) {
      const parsed = parseAfterReport(line);
      expect(parsed).toEqual(JSON.parse(`${line}}`));
      expect(JSON.stringify(parsed)).toBe(JSON.stringify(JSON.parse(`${line}}`)));
    }
  });

  it.each([
    ['a number with a leading zero', body({ metrics: '"train_loss":01,"val-loss (µ)":0,"epochs.per":0' })],
    [
      'a number without digits after the point',
      body({ metrics: '"train_loss":1.,"val-loss (µ)":0,"epochs.per":0' }),
    ],
    ['a hexadecimal number', body({ metrics: '"train_loss":0x1,"val-loss (µ)":0,"epochs.per":0' })],
    ['a missing brace', body().slice(0, -1)],
    ['more after the end', `${body()}}`],
    ['a control character', body({ trial: 'a\u0001b' })],
  ])('is an error where JSON has one: %s', (_, line) => {
    expect(() => parseAfterReport(line)).toThrow(SyntaxError);
  });

  it('is read however many kinds of reports there are', () => {
    for (let kind = 0; kind < 40; kind++) {
      const line = body({ metrics: `"metric_${kind % 20}":${kind}` });
      expect(parseLine(line)).toEqual(JSON.parse(`${line}}`));
    }
  });
});
