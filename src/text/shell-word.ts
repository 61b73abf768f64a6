import { escapeControls } from './quote.js';

/** What no shell changes: letters and digits of any script, and signs without a meaning. */
const PLAIN = /^[\p{L}\p{N}\p{M}_@%+=:,./-]+$/u;

/** A path or another argument as one word of a POSIX shell's command line, safe to print and to copy. */
export function shellWord(text: string): string {
  const shown = escapeControls(text);
  if (shown !== text) {
    // The escapes of `escapeControls` are those of bash inside $'...'.
    return `$'${escapeControls(text.replaceAll('\\', '\\\\').replaceAll("'", "\\'"))}'`;
  }
  return PLAIN.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
