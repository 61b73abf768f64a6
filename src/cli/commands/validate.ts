import { checkTrainer } from '../../app/check-trainer.js';
import { codeFiles, type PreparedCampaign, prepareCampaign } from '../../app/prepare-campaign.js';
import type { LoadedConfig } from '../../config/load-config.js';
import { exampleCommand } from '../../config/resolve/example-command.js';
import { formatCount } from '../../text/number.js';
import { escapeControls } from '../../text/quote.js';
import type { CommandOptions } from '../../trainers/command/command-options.js';
import { findProgram, startedProgram } from '../../trainers/command/find-program.js';
import { withReadingLine } from '../output/progress-line.js';

/** Checks a config and its data, and says what was understood. */
export async function validateCommand(configPath: string): Promise<void> {
  const prepared = await withReadingLine((watch) => prepareCampaign(configPath, watch));
  await checkTrainer(prepared);
  process.stdout.write(`${configPath}: sound\n${describePrepared(prepared).join('\n')}\n`);
}

/** What a campaign would be about, in a few lines. */
export function describePrepared({ facts, loaded }: PreparedCampaign): string[] {
  const { data } = facts;
  const lines = [`  campaign   ${facts.name}, ${facts.method}: ${facts.stages.join(', ')}`];
  if (data !== null) {
    const { training, validation, test } = data.parts;
    const kind = data.classes === null ? 'regression' : `${data.classes.length} classes`;
    lines.push(
      `  data       ${formatCount(data.rows, 'row')}, ${formatCount(data.inputs, 'input')}, ${kind}`,
      `  parts      ${training} training, ${validation} validation, ${test} test`,
    );
  }
  if (loaded.config.trainer.kind === 'command')
    lines.push(...commandLines(loaded.config.trainer.options, loaded));
  const code = Object.keys(codeFiles(loaded.config.trainer));
  if (code.length > 0)
    lines.push(`  program    ${code.join(', ')}: an edit is noticed when the campaign goes on`);
  const goal = facts.metric.goal === 'minimize' ? 'small' : 'large';
  lines.push(`  metric     ${facts.metric.name}, as ${goal} as possible`);
  lines.push(...facts.findings.map((finding) => `  note       ${finding.because}`));
  return lines;
}

/** The command as the first trial might be started, and which program of that name it is. */
function commandLines(options: CommandOptions, { config }: LoadedConfig): string[] {
  const words = exampleCommand(options, config.space);
  const program = startedProgram(words);
  const found = findProgram(program, options.cwd, options.env.PATH ?? process.env.PATH ?? '');
  const lines = [`  command    ${words.map(inShellWords).join(' ')}`];
  if (found.kind === 'found' && found.path !== program)
    lines.push(`             ${program} is ${found.path}`);
  return lines;
}

/** A word so that nobody takes two for one; nothing is run by this. */
const inShellWords = (word: string): string =>
  /^[\w@%+=:,./[\]-]+$/.test(word) ? word : `'${escapeControls(word)}'`;
