import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/load-config.js';

const own = "trainer: {command: [sh, -c, 'true']}\nparameters: {x: {values: [1, 2]}, epochs: 5}\n";
const table = 'data: {generate: moons}\nparameters: {hidden: {values: [4, 8]}, epochs: 5}\n';

const start = 'metric: {name: val_loss, objectives: ';

function problemsOf(text: string): string {
  try {
    readConfig(text, 'config.yaml');
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

describe('several objectives', () => {
  it('are metrics and costs with their goals, and part of the plan', () => {
    const metric = `${start}[{name: weights}, {name: val_accuracy}, {name: multiply_adds}]}\n`;
    const { config } = readConfig(`${table}${metric}method: grid\n`, 'config.yaml');
    const objectives = [
      { name: 'weights', goal: 'minimize' },
      { name: 'val_accuracy', goal: 'maximize' },
      { name: 'multiply_adds', goal: 'minimize' },
    ];
    expect(config.objectives).toEqual(objectives);
    expect(config.plan.options).toEqual({ objectives });
    expect(config.metric).toEqual({ name: 'val_loss', goal: 'minimize' });
    expect(config.confirm).toBe(0);
  });

  it('of a trainer of your own are what it reports, with a goal where the name does not say it', () => {
    const metric = `${start}[{name: megabytes, goal: minimize}, {name: val_f1}]}\n`;
    const { config } = readConfig(`${own}${metric}method: {tpe: {trials: 9}}\n`, 'config.yaml');
    expect(config.objectives.map(({ goal }) => goal)).toEqual(['minimize', 'maximize']);
  });

  it.each([
    [`${table}${start}[{name: wieghts}]}\nmethod: grid\n`, /:3:.*wieghts.*Costs are weights and/],
    [`${table}${start}[{name: val_loss}]}\nmethod: grid\n`, /:3:.*val_loss", which is an objective/],
    [`${own}${start}[{name: weights}]}\nmethod: grid\n`, /weights is known of the built-in/],
    [`${own}${start}[{name: speed}]}\nmethod: grid\n`, /"speed" does not say what is better/],
    [
      `${table}${start}[{name: weights}]}\nmethod: {hyperband: {min_epochs: 1, max_epochs: 3}}\n`,
      /metric\.objectives goes with the methods grid, random, sobol and tpe; the method here is hyperband/,
    ],
    [
      `${table}${start}[{name: weights}]}\nmethod: grid\nstop: {target: 0.1}\n`,
      /:5:.*stop goes with one objective/,
    ],
    [
      `${table}${start}[{name: weights}]}\nmethod: grid\nrepeats: {eliminate: paired}\n`,
      /:5:.*paired tests compare settings by one objective, .*Write eliminate: halving\./,
    ],
  ])('are refused where they make no sense: %s', (text, message) => {
    expect(problemsOf(text)).toMatch(message);
  });
});
