import { describe, expect, it } from 'vitest';
import { FitfirstError } from '../../src/campaign/fitfirst-error.js';
import type { Parameters } from '../../src/campaign/parameters.js';
import {
  declaredMlpParameters,
  hiddenWidths,
  mlpParameters,
  parameterCount,
  readMlpParameters,
} from '../../src/mlp/mlp-parameters.js';

describe('the parameters of the built-in trainer', () => {
  it('all have a default, so that a trial may name none of them', () => {
    expect(readMlpParameters({})).toMatchObject({
      hidden: 32,
      layers: 1,
      dropout: 0,
      activation: 'relu',
      optimizer: 'adam',
      learning_rate: 0.001,
      batch_size: 32,
      init: 'he',
    });
  });

  it('all say what they mean', () => {
    for (const [name, schema] of Object.entries(mlpParameters.shape)) {
      expect(schema.description, name).toMatch(/\.$/);
    }
  });

  it.each([
    [{ hidden: 0 }, 'parameter "hidden"'],
    [{ hidden: 2.5 }, 'whole number of units'],
    [{ hidden: [] }, 'parameter "hidden"'],
    [{ layers: 0 }, 'parameter "layers"'],
    [{ dropout: 1 }, 'parameter "dropout"'],
    [{ input_dropout: -0.1 }, 'parameter "input_dropout"'],
    [{ activation: 'gelu' }, 'parameter "activation"'],
    [{ batch_size: 'all' }, 'full'],
    [{ init: 'orthogonal' }, 'he, glorot'],
    [{ init: 0 }, 'parameter "init"'],
    [{ learning_rate: 0 }, 'parameter "learning_rate"'],
    [{ learning_rate: Number.NaN }, 'parameter "learning_rate"'],
    [{ epochs: 1.5 }, 'parameter "epochs"'],
    [{ bias: 'no' }, 'parameter "bias"'],
    [{ lerning_rate: 0.1 }, 'lerning_rate'],
  ])('refuse %j with a sentence that names it', (values: Parameters, message) => {
    expect(() => readMlpParameters(values)).toThrow(FitfirstError);
    expect(() => readMlpParameters(values)).toThrow(message);
  });

  it('name all mistakes at once, one a line', () => {
    expect(() => readMlpParameters({ hidden: 0, dropout: 2 })).toThrow(/"hidden".*\n.*"dropout"/);
  });
});

describe('the hidden layers', () => {
  it('are as many as `layers` says, each of `hidden` units', () => {
    expect(hiddenWidths(readMlpParameters({ hidden: 8, layers: 3 }))).toEqual([8, 8, 8]);
  });

  it('are those of the list where `hidden` is one', () => {
    expect(hiddenWidths(readMlpParameters({ hidden: [64, 32] }))).toEqual([64, 32]);
  });
});

describe('the cost of a setting', () => {
  it('is its number of weights and biases', () => {
    expect(parameterCount({ hidden: 4 }, 3, 2)).toBe(4 * 3 + 4 + 2 * 4 + 2);
    expect(parameterCount({ hidden: [4, 5] }, 3, 2)).toBe(12 + 4 + 20 + 5 + 10 + 2);
    expect(parameterCount({ hidden: 4, bias: false }, 3, 1)).toBe(16);
  });
});

describe('the off value', () => {
  it.each(['dropout', 'input_dropout', 'weight_decay', 'max_norm', 'label_smoothing'])(
    'of %s is valid and 0',
    (name) => {
      expect(declaredMlpParameters.get(name)?.off).toBe(0);
      expect(() => readMlpParameters({ [name]: 0 })).not.toThrow();
    },
  );

  it('does not exist for what is no regulariser', () => {
    expect(declaredMlpParameters.get('hidden')?.off).toBeNull();
    expect(declaredMlpParameters.get('toString')).toBeUndefined();
  });
});
