import { setImmediate as nextTurn } from 'node:timers/promises';

interface Planned {
  readonly time: number;
  /** Actions of the same time run in the order in which they were planned. */
  readonly number: number;
  readonly action: () => void;
}

/** Time that passes from action to action, however long the program takes for them. Counted in seconds from 0. */
export class VirtualClock {
  #now = 0;
  #number = 0;
  #isNoticed = false;
  /** A binary heap, the next action first. */
  readonly #planned: Planned[] = [];

  get now(): number {
    return this.#now;
  }

  at(time: number, action: () => void): void {
    const planned = this.#planned;
    let place = planned.length;
    const added = { time: Math.max(time, this.#now), number: this.#number++, action };
    planned.push(added);
    while (place > 0) {
      const above = (place - 1) >> 1;
      const other = planned[above];
      if (other === undefined || !isBefore(added, other)) break;
      planned[place] = other;
      place = above;
    }
    planned[place] = added;
  }

  after(seconds: number, action: () => void): void {
    this.at(this.#now + seconds, action);
  }

  /** To be called by an action that the program reacts to: the next one waits until it has. */
  notice(): void {
    this.#isNoticed = true;
  }

  /** Runs the actions in the order of their times. Throws if none is left before it is over. */
  async run(isOver: () => boolean): Promise<void> {
    await nextTurn();
    while (!isOver()) {
      const next = this.#next();
      if (next === undefined) throw new Error(`nothing happens any more after ${this.#now} s`);
      this.#now = next.time;
      this.#isNoticed = false;
      next.action();
      if (this.#isNoticed) await nextTurn();
    }
  }

  #next(): Planned | undefined {
    const planned = this.#planned;
    const first = planned[0];
    const last = planned.pop();
    if (last === undefined || planned.length === 0) return first;
    let place = 0;
    for (;;) {
      const left = planned[2 * place + 1];
      const right = planned[2 * place + 2];
      const isRight = right !== undefined && left !== undefined && isBefore(right, left);
      const below = isRight ? right : left;
      if (below === undefined || !isBefore(below, last)) break;
      planned[place] = below;
      place = 2 * place + (isRight ? 2 : 1);
    }
    planned[place] = last;
    return first;
  }
}

function isBefore(a: Planned, b: Planned): boolean {
  return a.time < b.time || (a.time === b.time && a.number < b.number);
}
