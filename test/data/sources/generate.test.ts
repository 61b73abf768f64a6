import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../../src/data/dataset.js';
import { loadDataset } from '../../../src/data/load-dataset.js';
import type { DataOptions, GeneratedData } from '../../../src/data/options.js';
import { DEFAULTS, rowsOf } from '../csv-file.js';

function generate(source: GeneratedData, seed = 7, options: Partial<DataOptions> = {}): Promise<Dataset> {
  return loadDataset(
    { ...DEFAULTS, target: null, ...options, source: { kind: 'generated', ...source } },
    seed,
  );
}

const SPIRALS = { generate: 'spirals', rows: 300, classes: 3, noise: 0.1 } as const;
const TEACHER = { generate: 'teacher', rows: 400, inputs: 5, units: 8, classes: 3, noise: 0.1 } as const;

describe('the exclusive or', () => {
  it("is the tutorial's table", async () => {
    const dataset = await generate({ generate: 'xor' });
    expect(rowsOf(dataset)).toEqual([
      [0, 0, 1],
      [0, 1, 1],
      [1, 0, 1],
      [1, 1, 1],
    ]);
    expect([...dataset.y]).toEqual([0, 1, 1, 0]);
    expect(dataset).toMatchObject({ task: 'classification', classes: ['0', '1'], inputs: 3, testFrom: 4 });
  });

  it('can be learned as numbers', async () => {
    const dataset = await generate({ generate: 'xor' }, 7, { task: 'regression' });
    expect(dataset).toMatchObject({ task: 'regression', classes: null });
  });
});

describe('spirals', () => {
  it('have arms of equal size around the centre', async () => {
    const dataset = await generate({ ...SPIRALS, noise: 0 });
    expect([0, 1, 2].map((index) => dataset.y.filter((y) => y === index).length)).toEqual([100, 100, 100]);
    for (const [x = 0, y = 0] of rowsOf(dataset)) {
      const radius = Math.hypot(x, y);
      expect(radius).toBeGreaterThan(3 * 0.25 - 1e-9);
      expect(radius).toBeLessThan(3 * 1.5 + 1e-9);
    }
  });

  it('have their points on the arms, but for the noise', async () => {
    const dataset = await generate({ ...SPIRALS, noise: 0 });
    rowsOf(dataset).forEach(([x = 0, y = 0], row) => {
      const turns = Math.hypot(x, y) / 3 - Math.atan2(y, x) / (2 * Math.PI) + (dataset.y[row] ?? 0) / 3;
      expect(Math.abs(turns - Math.round(turns))).toBeLessThan(1e-9);
    });
    const noisy = await generate(SPIRALS);
    expect(noisy.x).not.toEqual(dataset.x);
  });
});

describe('a teacher network', () => {
  it('labels normal inputs with all classes', async () => {
    const dataset = await generate(TEACHER);
    const x = [...dataset.x];
    const mean = x.reduce((sum, value) => sum + value, 0) / x.length;
    const square = x.reduce((sum, value) => sum + value * value, 0) / x.length;
    expect(Math.abs(mean)).toBeLessThan(0.1);
    expect(Math.abs(square - 1)).toBeLessThan(0.1);
    expect(new Set(dataset.y).size).toBe(3);
  });

  it('labels by the inputs alone without noise, and at random with much', async () => {
    const clean = await generate({ ...TEACHER, noise: 0 });
    const noisy = await generate({ ...TEACHER, noise: 1, classes: 2 });
    const negated = rowsOf(clean).map((row) => row.map((x) => -x));
    expect(negated.length).toBe(400);
    const ones = noisy.y.filter((y) => y === 1).length;
    expect(ones).toBeGreaterThan(160);
    expect(ones).toBeLessThan(240);
  });
});

describe('a generated set', () => {
  it.each([
    ['spirals', SPIRALS],
    ['teacher', TEACHER],
  ] as const)('%s is a function of the seed', async (_, source) => {
    const dataset = await generate(source);
    expect((await generate(source)).hash).toBe(dataset.hash);
    expect((await generate(source, 8)).hash).not.toBe(dataset.hash);
  });

  it('has the same bits on every machine', async () => {
    expect((await generate({ generate: 'xor' })).hash).toMatchInlineSnapshot(
      `"72f20521974853e1fb1ecc6f6af08e8d1b28f2620723a4e9f450222665d3ed18"`,
    );
    expect((await generate(SPIRALS)).hash).toMatchInlineSnapshot(
      `"79bd5b94dc573a6f59e00e5999cd7fd38148e09de0bdb1867cdc041f709ed354"`,
    );
    expect((await generate(TEACHER)).hash).toMatchInlineSnapshot(
      `"ab34d986dc80d57468761e96724d169c8ecd199e0878c79bb6cc7d3468a66432"`,
    );
  });
});

describe('moons and circles', () => {
  const made = (source: 'moons' | 'circles', noise: number) =>
    generate({ generate: source, rows: 400, noise }, 3);

  it('lie on half circles and circles where nothing disturbs them', async () => {
    const moons = await made('moons', 0);
    const circles = await made('circles', 0);
    for (let row = 0; row < 400; row++) {
      const isFirst = moons.y[row] === 0;
      const [x = 0, y = 0] = rowsOf(moons)[row] ?? [];
      const distance = isFirst ? x * x + y * y : (x - 1) * (x - 1) + (y - 0.5) * (y - 0.5);
      expect(distance).toBeCloseTo(1, 9);
      expect(isFirst ? y >= 0 : y <= 0.5).toBe(true);
      const [u = 0, v = 0] = rowsOf(circles)[row] ?? [];
      expect(u * u + v * v).toBeCloseTo(circles.y[row] === 0 ? 1 : 0.25, 9);
    }
  });

  it('are the same for equal seeds, and other ones for others', async () => {
    const source = { generate: 'moons', rows: 50, noise: 0.2 } as const;
    expect((await generate(source, 5)).hash).toBe((await generate(source, 5)).hash);
    expect((await generate(source, 6)).hash).not.toBe((await generate(source, 5)).hash);
  });
});

describe('strokes', () => {
  const STROKES = { generate: 'strokes', rows: 200, classes: 5, size: 12, noise: 0 } as const;

  it('are pictures with some ink, each class its own', async () => {
    const dataset = await generate(STROKES, 1);
    expect(dataset).toMatchObject({ rows: 200, inputs: 144, classes: ['0', '1', '2', '3', '4'] });
    expect(Math.min(...dataset.x)).toBe(0);
    expect(Math.max(...dataset.x)).toBeGreaterThan(0.9);
    const mean = (own: number): number[] => {
      const rows = rowsOf(dataset).filter((_, row) => dataset.y[row] === own);
      return (
        rows[0]?.map((_, pixel) => rows.reduce((sum, row) => sum + (row[pixel] ?? 0), 0) / rows.length) ?? []
      );
    };
    const apart = mean(0).reduce((sum, ink, pixel) => sum + Math.abs(ink - (mean(1)[pixel] ?? 0)), 0);
    expect(apart).toBeGreaterThan(5);
  });
});
