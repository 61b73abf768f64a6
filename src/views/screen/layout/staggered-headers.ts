import { textWidth } from '../../text/text-width.js';
import { cutText } from '../../text/wrapped-text.js';

/** A name, and the column in which what it names begins. */
export interface Flag {
  readonly name: string;
  readonly start: number;
}

/**
 * Names over narrow columns, in as few lines as they can stand in whole: one that would run into the next goes a line
 * higher, and a thin line leads down from it.
 *
 *     hidden
 *     │   learning_rate
 *     │   │      dropout
 *
 * Where there may be no more lines than `most`, names are cut to what is left between them.
 */
export function staggeredHeaders(flags: readonly Flag[], max: number): string[] {
  const heights = heightsOf(flags).map((height) => Math.min(height, max - 1));
  const lines = Math.max(0, ...heights) + 1;
  return Array.from({ length: lines }, (_, i) => lineOf(flags, heights, lines - 1 - i));
}

/** For each name, over how many others it stands: always over those at the right that it would run into. */
function heightsOf(flags: readonly Flag[]): number[] {
  const heights: number[] = flags.map(() => 0);
  for (let i = flags.length - 1; i >= 0; i--) {
    const [{ name, start } = { name: '', start: 0 }] = [flags[i]];
    const under = flags.flatMap((other, k) =>
      k > i && other.start < start + textWidth(name) + 1 ? [heights[k] ?? 0] : [],
    );
    heights[i] = under.length === 0 ? 0 : Math.max(...under) + 1;
  }
  return heights;
}

function lineOf(flags: readonly Flag[], heights: readonly number[], height: number): string {
  let line = '';
  flags.forEach(({ name, start }, i) => {
    const own = heights[i] ?? 0;
    if (own < height) return;
    const next = flags.find((_, k) => k > i && (heights[k] ?? 0) >= height);
    const room = next === undefined ? Number.POSITIVE_INFINITY : next.start - start - 1;
    line += ' '.repeat(Math.max(0, start - textWidth(line)));
    line += own > height ? '│' : cutText(name, room);
  });
  return line;
}
