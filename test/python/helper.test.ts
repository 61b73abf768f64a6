import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const python = ['python3', '/usr/bin/python3'].find(
  (program) => spawnSync(program, ['-c', 'import sys; sys.exit(sys.version_info < (3, 8))']).status === 0,
);
const helper = fileURLToPath(new URL('../../python', import.meta.url));

const examples = fileURLToPath(new URL('../../examples', import.meta.url));

const pythonFiles = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.py'))
    .map((name) => join(folder, name));

/** What a program that uses the helper reports and prints, started as a trial is, or alone. */
function ran(script: string, isTrial = true): { readonly reports: unknown[]; readonly stdout: string } {
  const folder = mkdtempSync(join(tmpdir(), 'fitfirst-python-'));
  try {
    const report = join(folder, 'report.jsonl');
    writeFileSync(report, '');
    const trial = {
      FITFIRST_PARAMS: '{"hidden": 8, "rate": 0.0}',
      FITFIRST_REPORT: report,
      FITFIRST_TRIAL_DIR: folder,
      FITFIRST_EPOCHS: '2',
      FITFIRST_SEED: '7',
    };
    const ended = spawnSync(python ?? '', ['-B', '-c', script], {
      env: { PATH: process.env.PATH, PYTHONPATH: helper, ...(isTrial && trial) },
      encoding: 'utf8',
    });
    expect(ended.stderr).toBe('');
    const lines = readFileSync(report, 'utf8').split('\n').filter(Boolean);
    return { reports: lines.map((line) => JSON.parse(line)), stdout: ended.stdout };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe.skipIf(python === undefined)('the helper for Python', () => {
  it('gives parameters and reports epochs, and metrics of the whole trial', () => {
    const { reports, stdout } = ran(`
import fitfirst
print(fitfirst.params({"hidden": 1, "other": 2}), fitfirst.epochs(10), fitfirst.seed(), fitfirst.should_stop())
for epoch in range(1, fitfirst.epochs(10) + 1):
    fitfirst.report(epoch, val_loss=1 / epoch)
open(fitfirst.trial_dir() + "/stop.json", "w").close()
print(fitfirst.should_stop(), fitfirst.checkpoint_dir())
fitfirst.final(test_accuracy=0.9)
`);
    expect(stdout).toBe("{'hidden': 8, 'other': 2, 'rate': 0.0} 2 7 False\nTrue None\n");
    expect(reports).toEqual([
      { epoch: 1, val_loss: 1 },
      { epoch: 2, val_loss: 0.5 },
      { fitfirst_final: { test_accuracy: 0.9 } },
    ]);
  });

  it('stands in for wandb', () => {
    const { reports } = ran(`
import fitfirst as wandb
run = wandb.init(project="x", config={"hidden": 1, "depth": 3})
assert (wandb.config.hidden, wandb.config["depth"], dict(wandb.config)["rate"]) == (8, 3, 0.0)
for epoch in range(2):
    wandb.log({"train_loss": 2.0}, commit=False)
    wandb.log({"epoch": epoch, "val_loss": 1.0, "image": object()})
run.summary["best"] = 0.5
wandb.finish()
`);
    expect(reports).toEqual([
      { epoch: 0, train_loss: 2, val_loss: 1 },
      { epoch: 1, train_loss: 2, val_loss: 1 },
      { fitfirst_final: { best: 0.5 } },
    ]);
  });

  it('is written in the language of Python 3.8, as are the examples', () => {
    const script =
      'import ast, sys\nfor path in sys.argv[1:]: ast.parse(open(path).read(), path, feature_version=(3, 8))';
    const files = [...pythonFiles(helper), ...pythonFiles(examples)];
    expect(files.length).toBeGreaterThan(5);
    expect(spawnSync(python ?? '', ['-c', script, ...files], { encoding: 'utf8' })).toMatchObject({
      stderr: '',
      status: 0,
    });
  });

  it('leaves a program as it is that fitfirst did not start', () => {
    const { stdout } = ran(
      'import fitfirst; fitfirst.report(1, a=2); print(fitfirst.params(), fitfirst.epochs(5))',
      false,
    );
    expect(stdout).toBe('{"epoch": 1, "a": 2}\n{} 5\n');
  });
});
