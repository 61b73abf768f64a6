import { fileURLToPath } from 'node:url';

export const PAGE = fileURLToPath(new URL('../../docs/is-it-nearly-optimal.md', import.meta.url));

const START = '## Variants that were tried\n';
const END = '## How to read the intervals\n';

/** The section on variants of a page, with its title; empty if it has none. */
export function variantsIn(page: string): string {
  const start = page.indexOf(START);
  return start < 0 ? '' : page.slice(start, page.indexOf(END));
}

/** The page with another section on variants. */
export function withVariants(page: string, section: string): string {
  const end = page.indexOf(END);
  const start = page.indexOf(START);
  return `${page.slice(0, start < 0 ? end : start)}${START}\n${section}\n${page.slice(end)}`;
}
