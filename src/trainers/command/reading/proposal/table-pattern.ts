import { groupName, isMetricName } from './labelled-numbers.js';

/** Rows of a table on the lines after its header, and their pattern. */
export interface TableProposal {
  readonly pattern: string;
  /** The places of the rows, from 0. */
  readonly rows: readonly number[];
  readonly names: readonly string[];
}

/** Lines after a header in which its rows begin. */
const ROWS_WITHIN = 4;
const MIN_COLUMNS = 3;

/** The tables in a log: a line of names, and lines of as many words, most of them numbers. */
export function tableProposals(lines: readonly string[]): TableProposal[] {
  const proposals = new Map<string, TableProposal>();
  lines.forEach((line, place) => {
    const comma = line.includes(',') && !/\s{2,}/.test(line.trim());
    const header = columnsOf(line, comma);
    if (header.length < MIN_COLUMNS || header.some((name) => isNumber(name))) return;
    const known = proposals.get(header.join(' '));
    const first = lines
      .slice(place + 1, place + 1 + ROWS_WITHIN)
      .findIndex((row) => isRow(columnsOf(row, comma), header));
    if (first < 0 || known !== undefined) return;
    const at = place + 1 + first;
    const proposal = proposalFor(header, lines[at] ?? '', comma);
    if (proposal === null) return;
    const expression = new RegExp(proposal.pattern);
    const rows = lines.flatMap((row, i) => (expression.test(row) ? [i] : []));
    proposals.set(header.join(' '), { ...proposal, rows });
  });
  return [...proposals.values()];
}

/** Columns are two spaces apart where names have spaces in them, as in `Train Loss`. */
function columnsOf(line: string, comma: boolean): string[] {
  const text = line.trim();
  if (comma) return text.split(',').map((cell) => cell.trim());
  const wide = text.split(/\s{2,}/);
  return wide.length >= MIN_COLUMNS ? wide : text.split(/\s+/);
}

const isNumber = (word: string): boolean => /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?%?$/i.test(word);

const isCell = (word: string): boolean => isNumber(word) || /^\d+\/\d+$/.test(word);

/** A row may go on with something else, as a bar does. */
function isRow(cells: readonly string[], header: readonly string[]): boolean {
  const own = cells.slice(0, header.length);
  return own.length >= header.length - 1 && own.filter(isCell).length >= Math.max(2, header.length - 2);
}

function proposalFor(
  header: readonly string[],
  row: string,
  comma: boolean,
): Pick<TableProposal, 'pattern' | 'names'> | null {
  const words = comma ? row.split(',').map((cell) => cell.trim()) : row.trim().split(/\s+/);
  const names = columnNames(header);
  const used = new Set<string>();
  let pattern = '^\\s*';
  const count = Math.min(names.length, words.length);
  for (let i = 0; i < count; i++) {
    const word = words[i] ?? '';
    const name = names[i] ?? null;
    const gap = i === 0 ? '' : comma ? '\\s*,\\s*' : '\\s+';
    const isTaken =
      name !== null && !used.has(name) && isCell(word) && (name === 'epoch' || isMetricName(name));
    if (isTaken) used.add(name);
    const cell = comma ? '[^,]*' : '\\S+';
    const other = isCell(word) ? cell : /^[A-Za-z]+$/.test(word) ? word : cell;
    pattern += gap + (isTaken ? `(?<${name}>${name === 'epoch' ? '\\d+' : '[-\\d.]\\S*'})` : other);
    if (isTaken && name === 'epoch' && /^\d+\/\d+$/.test(word)) pattern += '\\S*';
  }
  const metrics = [...used].filter((name) => name !== 'epoch');
  return metrics.length === 0
    ? null
    : {
        pattern: pattern.replaceAll('[-\\d.]\\S*', comma ? '[-\\d.][^,\\s]*' : '[-\\d.]\\S*'),
        names: [...used],
      };
}

function columnNames(header: readonly string[]): (string | null)[] {
  return header.map((name, i) => {
    if (i === 0 && /^(?:e|ep|epochs?|iter|iteration)$/i.test(name)) return 'epoch';
    return groupName(name.replace(/:.*%.*$/, '').replace(/[:|]+$/, ''));
  });
}
