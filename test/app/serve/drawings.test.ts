import { expect, test } from 'vitest';
import { type Drawable, Drawings } from '../../../src/app/serve/drawings.js';
import type { DrawnPage } from '../../../src/views/pages/drawn-page.js';

/** Drawings under a clock that only drawing moves on. */
function counted() {
  const clock = { now: 0 };
  const drawn: string[] = [];
  const rests: number[] = [];
  const drawings = new Drawings(
    () => clock.now,
    () => clock.now,
    async (milliseconds) => rests.push(milliseconds),
  );
  /** A state whose drawing takes a number of milliseconds, in two steps. */
  const stateOf = (name: string, takes: number, isRunning = true, settled = 0): Drawable => ({
    of: { name },
    settled,
    isRunning,
    *draw(): Generator<undefined, DrawnPage> {
      drawn.push(name);
      clock.now += takes / 2;
      yield;
      clock.now += takes / 2;
      return { choices: '', main: name };
    },
  });
  const show = async (state: Drawable) => {
    const { drawing, isCurrent, next } = await drawings.show('page', state);
    return { main: drawing.main, isCurrent, next };
  };
  return { clock, drawn, rests, drawings, stateOf, show };
}

test('a state is drawn once, however often it is shown and by however many pages at once', async () => {
  const { drawn, stateOf, show } = counted();
  const state = stateOf('one', 1000);
  const shown = await Promise.all([show(state), show(state), show(state)]);
  const next = { dueIn: 400_000, every: 400_000 };
  expect(shown).toEqual(Array(3).fill({ main: 'one', isCurrent: true, next }));
  expect(await show(state)).toEqual({ main: 'one', isCurrent: true, next });
  expect(drawn).toEqual(['one']);
});

test('while a run is at work, a slow page is drawn again after four hundred times as long as it took', async () => {
  const { clock, drawn, stateOf, show } = counted();
  await show(stateOf('one', 1000));
  clock.now += 20_000;
  const resting = { main: 'one', isCurrent: false, next: { dueIn: 380_000, every: 400_000 } };
  expect(await show(stateOf('two', 1000))).toEqual(resting);
  clock.now += 380_000;
  const third = stateOf('three', 1000);
  // It is drawn now, and the page shows the last drawing until it is there.
  expect(await show(third)).toMatchObject({ main: 'one', isCurrent: false });
  while (drawn.length < 2 || (await show(third)).main !== 'three') await new Promise(setImmediate);
  expect(await show(third)).toEqual({
    main: 'three',
    isCurrent: true,
    next: { dueIn: 400_000, every: 400_000 },
  });
  expect(drawn).toEqual(['one', 'three']);
});

test('a campaign that has more trials now is taken to need as many times as long, up to four times', async () => {
  const { clock, stateOf, show } = counted();
  await show(stateOf('ten', 1000, true, 10));
  clock.now += 400_000;
  const [twice, often] = [stateOf('twenty', 1000, true, 20), stateOf('many', 1000, true, 500)];
  expect(await show(twice)).toMatchObject({ main: 'ten', next: { dueIn: 400_000 } });
  expect(await show(often)).toMatchObject({ main: 'ten', next: { dueIn: 1_200_000 } });
});

test('while a run is at work, a later drawing rests after each step as long as the step took', async () => {
  const { clock, drawn, rests, stateOf, show } = counted();
  await show(stateOf('one', 10));
  expect(rests).toEqual([]);
  clock.now += 4000;
  expect(await show(stateOf('two', 600))).toMatchObject({ main: 'two' });
  expect(rests).toEqual([300]);
  await show(stateOf('concluded', 400, false));
  expect(rests).toEqual([300]);
  expect(drawn).toEqual(['one', 'two', 'concluded']);
});

test('a page that is drawn quickly is waited for, and rests too', async () => {
  const { clock, drawn, stateOf, show } = counted();
  await show(stateOf('one', 10));
  const resting = { main: 'one', isCurrent: false, next: { dueIn: 4000, every: 4000 } };
  expect(await show(stateOf('two', 10))).toEqual(resting);
  clock.now += 4000;
  expect(await show(stateOf('three', 10))).toMatchObject({ main: 'three', isCurrent: true });
  expect(drawn).toEqual(['one', 'three']);
});

test('a campaign that no run is at work on is drawn without rest', async () => {
  const { drawn, stateOf, show } = counted();
  await show(stateOf('running', 100));
  const shown = { main: 'concluded', isCurrent: true, next: null };
  expect(await show(stateOf('concluded', 100, false))).toEqual(shown);
  expect(drawn).toEqual(['running', 'concluded']);
});

test('a drawing that fails is an error where there is no other, and is tried again', async () => {
  const { drawn, drawings, stateOf, show } = counted();
  const broken: Drawable = {
    ...stateOf('broken', 10),
    // biome-ignore lint/correctness/useYield: it fails before its first step ends
    *draw() {
      throw new Error('no picture');
    },
  };
  await expect(drawings.show('page', broken)).rejects.toThrow('no picture');
  expect(await show(stateOf('sound', 10))).toMatchObject({ main: 'sound', isCurrent: true });
  expect(drawn).toEqual(['sound']);
});
