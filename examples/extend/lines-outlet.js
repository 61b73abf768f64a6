// An outlet that writes a line to a file for each trial that has ended.
import { writeFile } from 'node:fs/promises';

/** @param {string} path */
export function linesOutlet(path) {
  const lines = [];
  return {
    name: 'lines',
    onEntry({ event }, campaign) {
      if (!('trial' in event)) return;
      const trial = campaign.trial(event.trial);
      if (trial === undefined || ['waiting', 'running'].includes(trial.state)) return;
      const metrics = trial.reports.at(-1)?.metrics ?? {};
      lines.push(
        JSON.stringify({ trial: trial.number, state: trial.state, ...trial.spec.parameters, ...metrics }),
      );
    },
    // The entries of an interrupted campaign come again, so the file is written whole.
    finish: () => writeFile(path, lines.map((line) => `${line}\n`).join('')),
  };
}
