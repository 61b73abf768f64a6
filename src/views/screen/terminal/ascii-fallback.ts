/** What stands in for each sign where a terminal cannot show it: always one character for one. */
const fillValues: Readonly<Record<string, string>> = {
  '●': '*',
  '◐': '@',
  '○': 'o',
  '■': '#',
  '✔': '+',
  '✗': 'x',
  '▸': '>',
  '↑': '^',
  '↓': 'v',
  '←': '<',
  '→': '>',
  '≥': '>',
  '±': '~',
  '×': 'x',
  '·': '-',
  '…': '~',
  '–': '-',
  '’': "'",
  '─': '-',
  '━': '=',
  '│': '|',
  '┊': ':',
  '├': '|',
  '┤': '|',
  '╭': '+',
  '╮': '+',
  '╰': '+',
  '╯': '+',
  '▁': '_',
  '▂': '.',
  '▃': ':',
  '▄': '-',
  '▅': '=',
  '▆': '+',
  '▇': '%',
  '█': '#',
  '▔': '-',
  '\ufffd': '?',
};

const signs = new RegExp(`[${Object.keys(fillValues).join('')}]`, 'g');

/** The text with signs that every terminal can show. */
export function withAsciiFallback(text: string): string {
  return text.replace(signs, (sign) => fillValues[sign] ?? sign);
}

/**
 * Whether a terminal can only show plain signs: the console of Linux, and where the locale names another character
 * set than UTF-8. A locale that is not set, as in most containers, says nothing of the terminal.
 */
export function needsAsciiFallback(environment: Readonly<Record<string, string | undefined>>): boolean {
  const { LC_ALL, LC_CTYPE, LANG, TERM } = environment;
  const locale = LC_ALL || LC_CTYPE || LANG || '';
  return TERM === 'linux' || (locale !== '' && !/utf-?8/i.test(locale));
}
