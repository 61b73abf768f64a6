import { setImmediate as turn } from 'node:timers/promises';

/**
 * Items in groups of a size, with a turn of the event loop after each full group. So work on many items does not keep
 * signals, trials and keys waiting.
 */
export async function* slices<Item>(items: Iterable<Item>, size: number): AsyncGenerator<Item[], void> {
  let slice: Item[] = [];
  for (const item of items) {
    slice.push(item);
    if (slice.length < size) continue;
    yield slice;
    slice = [];
    await turn();
  }
  if (slice.length > 0) yield slice;
}
