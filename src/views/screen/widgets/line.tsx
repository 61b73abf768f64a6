import { Text } from 'ink';
import {
  createContext,
  Fragment,
  isValidElement,
  type ReactNode,
  useContext,
  useLayoutEffect,
  useRef,
} from 'react';
import { type LinePiece, LineSigns } from './line-signs.js';
import { ColourContext, type TextStyle } from './text-style.js';

/** The lines of the screen that is drawn. */
export const LineSignsContext = createContext(new LineSigns());

interface StyledTextProps {
  readonly textStyle: TextStyle;
  readonly children: ReactNode;
}

/** A piece of a line with a meaning. The line around it draws it. */
export function StyledText({ children }: StyledTextProps): ReactNode {
  return children;
}

/**
 * One line of the screen, cut where its room ends should it ever be longer. It consists of strings and pieces of styled
 * text, in lists and fragments too.
 */
export function Line({ children }: { readonly children?: ReactNode }): ReactNode {
  const coloured = useContext(ColourContext);
  const signs = useContext(LineSignsContext);
  const pieces = piecesOf(children, 'plain');
  const content = JSON.stringify([coloured, pieces]);
  const drawn = useRef({ content: '', sign: '' });
  if (drawn.current.content !== content) {
    signs.release(drawn.current.sign);
    drawn.current = { content, sign: signs.add(pieces, coloured) };
  }
  useLayoutEffect(() => () => signs.release(drawn.current.sign), [signs]);
  return <Text wrap="truncate">{drawn.current.sign}</Text>;
}

function piecesOf(node: ReactNode, textStyle: TextStyle): readonly LinePiece[] {
  if (typeof node === 'string' || typeof node === 'number') return [[textStyle, String(node)]];
  if (Array.isArray(node)) return node.flatMap((one: ReactNode) => piecesOf(one, textStyle));
  if (!isValidElement<Partial<StyledTextProps>>(node)) return [];
  if (node.type === StyledText) return piecesOf(node.props.children, node.props.textStyle ?? textStyle);
  if (node.type === Fragment) return piecesOf(node.props.children, textStyle);
  throw new Error('a line contains strings and styled text only');
}

/** Lines, or pieces of a line, with their places: what is drawn at a place is what Ink compares with the last frame. */
export function atPlaces<T>(items: readonly T[]): { readonly place: number; readonly item: T }[] {
  return items.map((item, place) => ({ place, item }));
}
