/**
 * Characters that move the cursor of a terminal, change its colours or the direction of text, and unpaired
 * surrogates.
 */
const CONTROLS = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

const SHORT_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\t', '\\t'],
  ['\n', '\\n'],
  ['\r', '\\r'],
]);

/** Above this many characters a quoted text is cut. */
const MAX_QUOTED = 60;

/**
 * Text from outside on one line, safe to print: characters that a terminal would act on become `\t`, `\n`, `\r` or
 * `\uXXXX`. Escaping twice changes nothing.
 */
export function escapeControls(text: string): string {
  return text.replace(CONTROLS, (character) => {
    const short = SHORT_ESCAPES.get(character);
    if (short !== undefined) return short;
    const code = (character.codePointAt(0) ?? 0).toString(16);
    return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
  });
}

/** Text from outside in double quotes, safe to print; cut after 60 characters. */
export function quote(text: string): string {
  const characters = [...text];
  const cut = characters.length > MAX_QUOTED ? `${characters.slice(0, MAX_QUOTED - 1).join('')}…` : text;
  return `"${escapeControls(cut)}"`;
}
