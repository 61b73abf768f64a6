import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { FitfirstError } from '../../campaign/fitfirst-error.js';
import { readConfigText } from '../../config/config-text.js';
import { readConfig } from '../../config/load-config.js';
import { convertSweep } from '../../config/sweep/convert-sweep.js';
import { errorReason } from '../../text/error-reason.js';
import { escapeControls } from '../../text/quote.js';
import { shellWord } from '../../text/shell-word.js';

interface ImportFlags {
  readonly output?: string;
}

/** Makes a config of a W&B sweep, and says what has no equivalent. */
export async function importCommand(path: string, { output }: ImportFlags): Promise<void> {
  const { text, name } = await readConfigText(path);
  const converted = convertSweep(text, basename(name));
  const to = output ?? `${basename(name).replace(/\.ya?ml$/i, '')}.fitfirst.yaml`;
  if (to === '-') process.stdout.write(converted.text);
  else await write(to, converted.text);
  const notes = [...converted.notes, ...problemsOf(converted.text, to)];
  const out = to === '-' ? process.stderr : process.stdout;
  if (to !== '-') out.write(`${escapeControls(to)}: written.\n`);
  for (const note of notes) out.write(`  ${escapeControls(note)}\n`);
  if (to !== '-') out.write(`Next: fitfirst validate ${shellWord(to)}\n`);
}

/** What `validate` will say of the config, so that nobody takes it for ready. */
function problemsOf(text: string, path: string): string[] {
  try {
    readConfig(text, path === '-' ? 'sweep.yaml' : path);
    return [];
  } catch (error) {
    if (!(error instanceof FitfirstError)) throw error;
    return error.message.split('\n');
  }
}

async function write(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text, { flag: 'wx' });
  } catch (error) {
    throw new FitfirstError(
      'USAGE_INVALID',
      `${escapeControls(path)}: cannot be written: ${errorReason(error)}. Name another file with -o FILE.`,
      { cause: error },
    );
  }
}
