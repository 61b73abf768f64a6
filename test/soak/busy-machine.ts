/**
 * Many command campaigns at once, on far more workers than there are cores: no trial may lose what its command printed.
 * `npm run soak:busy-machine -- 40` starts 40 of them (the default), prints what went wrong, and ends with 1 if
 * anything did.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { emptyFolder, fitfirst } from '../support/command-line.js';

const TRIALS = 41;
const campaigns = Number(process.argv[2] ?? 40);

await using folder = await emptyFolder();
const config = join(folder.path, 'echo.yaml');
await writeFile(
  config,
  `trainer: {command: [sh, -c, "echo '{\\"epoch\\":1,\\"val_loss\\":0.5}'"], report: stdout}
metric: {name: val_loss}
parameters: {x: {distribution: uniform, min: 0, max: 1}}
method: {random: {trials: ${TRIALS}}}
repeats: 1
`,
);

const lines = await Promise.all(
  Array.from({ length: campaigns }, async (_, n) => {
    const out = join(folder.path, `results-${n}`);
    const words = ['run', config, '--out', out, '--view', 'none', '--workers', '4'];
    const { code } = await fitfirst(folder.path, ...words);
    const rows = (await readFile(join(out, 'trials.csv'), 'utf8')).trim().split('\n').slice(1);
    const wrong = rows.filter((row) => !row.includes(',finished,')).length;
    return { code, wrong, trials: rows.length };
  }),
);

const wrong = lines.reduce((sum, line) => sum + line.wrong, 0);
const trials = lines.reduce((sum, line) => sum + line.trials, 0);
const codes = lines.filter(({ code }) => code !== 0).length;
console.log(
  `${campaigns} campaigns at once, ${trials} trials: ${wrong} lost what was printed; ${codes} exit codes other than 0`,
);
process.exitCode = wrong + codes === 0 ? 0 : 1;
