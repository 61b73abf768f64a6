import { describe, expect, it } from 'vitest';
import { BoundedPattern } from '../../../../src/trainers/command/reading/bounded-pattern.js';
import { patternReader } from '../../../../src/trainers/command/reading/report-pattern.js';

const digits = '1'.repeat(60);

describe('a pattern that goes back without end', () => {
  it('is no match of a line that it does not match, at once', () => {
    const read = patternReader(['(?<val_loss>(\\d+\\.?)+)$']);

    expect(read(`val_loss ${digits}x`)).toEqual({ kind: 'other' });
    expect(read('val_loss 0.25')).toEqual({ kind: 'reports', reports: [{ val_loss: 0.25 }] });
  });

  it.each(['(?=v).*? (?<val_loss>(\\d+\\.?)+)$', '(?<word>\\w+) (?<val_loss>(\\d+\\.?)+)\\k<word>$'])(
    'is a bad report where only the limit of time can end it: %s',
    (pattern) => {
      expect(patternReader([pattern])(`val_loss ${digits}x`)).toEqual({
        kind: 'bad',
        message: expect.stringMatching(
          /^The pattern .* cannot read "val_loss 1+x": it takes too long on this line\./,
        ),
      });
    },
  );

  it('is found out on a long line, too', () => {
    const line = `${'loss '.repeat(20_000)}x`;
    expect(patternReader(['(.*)loss(.*)loss(.*)acc (?<val_loss>\\S+)'])(line)).toEqual({ kind: 'other' });
  });
});

it.each([
  ['epoch (?<epoch>\\d+) loss (?<val_loss>\\S+)', 'epoch 3 loss 0.5'],
  ['(?<=loss: )(?<val_loss>[\\d.]+)', 'loss: 0.5'],
  ['(?:val_)?loss[=:]\\s*(?<val_loss>\\S+)', `${'.'.repeat(5000)} loss= 0.5`],
  ['(?<val_loss>(?:\\d|\\.)+)', 'loss 0.5'],
])('matches as JavaScript does: %s', (pattern, text) => {
  const [ours, theirs] = [new BoundedPattern(pattern).exec(text), new RegExp(pattern, 'd').exec(text)];

  expect(ours).toEqual(theirs);
  expect(ours?.indices?.groups).toEqual(theirs?.indices?.groups);
});
