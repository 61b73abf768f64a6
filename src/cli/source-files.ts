import { readFileSync } from 'node:fs';

/**
 * Adds to each frame of a stack that lies in a bundle the file that its code comes from, which a comment above that
 * code names. Other frames, and those whose bundle cannot be read, stay as they are.
 */
export function nameSourceFiles(stack: string): string {
  return stack.replace(
    /([^\s()]*\/dist\/program\/[^\s/()]+\.js):(\d+):\d+/g,
    (place: string, bundle: string, line: string) => {
      const source = sourceFileAt(bundle, Number(line));
      return source === null ? place : `${place} [${source}]`;
    },
  );
}

function sourceFileAt(bundle: string, line: number): string | null {
  try {
    const file = bundle.startsWith('file:') ? new URL(bundle) : bundle;
    const linesAbove = readFileSync(file, 'utf8').split('\n').slice(0, line);
    return linesAbove.findLast((text) => /^\/\/ \S+\.js$/.test(text))?.slice('// '.length) ?? null;
  } catch {
    return null; // the bundle was removed or replaced while the program ran
  }
}
