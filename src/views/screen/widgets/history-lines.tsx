import type { ReactNode } from 'react';
import type { HistoryEntry } from '../../model/history.js';
import type { FormattedTrial } from '../../text/format-trial.js';
import { textWidth } from '../../text/text-width.js';
import { wrapList, wrapText } from '../../text/wrapped-text.js';
import { atPlaces, Line, StyledText } from './line.js';
import type { TextStyle } from './text-style.js';

/** A line of the history: pieces of text, each with its meaning. */
export type HistoryLine = readonly (readonly [TextStyle, string])[];

/** The history in lines of at most `width` columns. */
export function historyLines(items: readonly HistoryEntry[], width: number): HistoryLine[] {
  return items.flatMap((item) => linesOf(item, width));
}

/** The last lines of the history, as many as there is room for; its length does not matter. */
export function latestLines(items: readonly HistoryEntry[], width: number, rows: number): HistoryLine[] {
  const lines: HistoryLine[] = [];
  for (let i = items.length - 1; i >= 0 && lines.length < rows; i--) {
    const item = items[i];
    if (item !== undefined) lines.unshift(...linesOf(item, width));
  }
  return lines.slice(Math.max(0, lines.length - rows));
}

function linesOf(item: HistoryEntry, width: number): HistoryLine[] {
  switch (item.kind) {
    case 'trial':
      return trialLines(item, width);
    case 'plan':
      return sentence(`${item.stage}: ${item.text}`, '', 'strong', width);
    case 'finding':
      return sentence(item.text, '→ ', 'plain', width);
    case 'headline':
    case 'progress':
    case 'message':
    case 'conclusion':
      return sentence(item.text, '', 'strong', width);
    default:
      return item satisfies never;
  }
}

function sentence(text: string, first: string, textStyle: TextStyle, width: number): HistoryLine[] {
  const indent = ' '.repeat(2);
  return wrapText(text, width - 2).map((line, i) => [[textStyle, `${i === 0 ? first : indent}${line}`]]);
}

/** In one line where there is room, otherwise its setting and its result in lines of their own. */
function trialLines(trial: FormattedTrial & { readonly number: number }, width: number): HistoryLine[] {
  const { mark, how, setting, result } = trial;
  const head = ` #${trial.number} ${how} `;
  const room = width - 3 - textWidth(head);
  if (textWidth(`${setting}  ${result}`) <= room) {
    return [
      [
        ['plain', '  '],
        [styleOf(mark), mark],
        ['plain', head],
        ['quiet', setting],
        ['plain', `  ${result}`],
      ],
    ];
  }
  const [first = '', ...rest] = wrapList(setting, room);
  return [
    [
      ['plain', '  '],
      [styleOf(mark), mark],
      ['plain', head],
      ['quiet', first],
    ],
    ...(rest.length === 0 ? [] : wrapList(rest.join(' '), width - 4)).map(
      (line): HistoryLine => [['quiet', `    ${line}`]],
    ),
    ...wrapText(result, width - 4).map((line): HistoryLine => [['plain', `    ${line}`]]),
  ];
}

function styleOf(mark: FormattedTrial['mark']): TextStyle {
  switch (mark) {
    case '✔':
      return 'good';
    case '✗':
      return 'quiet';
    case '!':
    case '■':
      return 'warning';
    default:
      return mark satisfies never;
  }
}

/** The history: its end unless it is scrolled back. */
export function HistoryPage(props: {
  readonly lines: readonly HistoryLine[];
  /** Lines by which it is scrolled back. */
  readonly back: number;
  readonly rows: number;
}): ReactNode {
  const { lines, rows } = props;
  const end = Math.max(rows, lines.length - props.back);
  return <HistoryLines lines={lines.slice(Math.max(0, end - rows), end)} />;
}

/** Lines of the history, one under the other. */
export function HistoryLines({ lines }: { readonly lines: readonly HistoryLine[] }): ReactNode {
  return atPlaces(lines).map(({ place: row, item: line }) => (
    <Line key={row}>
      {atPlaces(line).map(({ place, item: [textStyle, text] }) => (
        <StyledText key={place} textStyle={textStyle}>
          {text}
        </StyledText>
      ))}
    </Line>
  ));
}
