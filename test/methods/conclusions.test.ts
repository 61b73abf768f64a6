import { describe, expect, it } from 'vitest';
import { fitFirst } from '../../src/methods/fit-first/fit-first.js';
import type { FitFirstOptions } from '../../src/methods/fit-first/options.js';
import { fitFirstOptions } from '../support/fit-first-options.js';
import { landscape } from '../support/landscape.js';
import { playOut } from '../support/play-out.js';

const conclusionOf = (changes: Partial<FitFirstOptions>, shape: Parameters<typeof landscape>[0]): string =>
  playOut(fitFirst(fitFirstOptions(changes)), landscape(shape)).conclusion?.because ?? '';

describe('the sentence that concludes fit first', () => {
  it('names the size where nothing fits, and does not say that something is best there', () => {
    const because = conclusionOf({ sizes: [4, 8] }, { fitsFrom: 1000 });
    expect(because).toMatch(
      /^No size fits. hidden [48], dropout [\d.]+ is the best on validation of what was tried\.$/,
    );
  });

  it('says what is best at the smallest size that fits', () => {
    const because = conclusionOf({ growOn: null }, {});
    expect(because).toMatch(
      /^hidden 16 is the smallest size that fits, and dropout [\d.]+ is the best there\.$/,
    );
  });

  it('names the size of the choice where it is another one', () => {
    const because = conclusionOf({}, { bestHidden: 64 });
    expect(because).toMatch(
      /^hidden 16 is the smallest size that fits, hidden 64 is better on validation, and /,
    );
  });
});
