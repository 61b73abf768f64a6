import { setTimeout as wait } from 'node:timers/promises';
import { inTurns } from '../../platform/in-turns.js';
import type { DrawnPage } from '../../views/pages/drawn-page.js';

/**
 * While a run is at work on a campaign, the next drawing waits this many times as long as it may take itself. So
 * drawing takes at most a four-hundredth of a core for each page that is open, however large the campaign is. A page
 * also waits this many times as long as it took to show the drawing, so both together take no more.
 */
const REST = 400;
/** A campaign that has grown is taken to need at most this many times as long for its next drawing. */
const MAX_GROWTH = 4;
/** A drawing that took at most this many milliseconds is waited for. */
const QUICK = 150;
/** Drawings that are kept have at most this many characters together. */
const MAX_CHARACTERS = 40e6;

/** What a page shows of a campaign. */
export interface Drawing extends DrawnPage {
  /** Tells drawings apart. */
  readonly id: string;
  /** What was drawn: the state of the campaign. */
  readonly of: object;
  /** Trials that had ended then. */
  readonly settled: number;
  /** The processor time that it took, in milliseconds: on a busy machine it took longer. */
  readonly took: number;
  /** When it was finished, in milliseconds of the clock. */
  readonly at: number;
}

/** A campaign that is to be drawn. */
export interface Drawable {
  /** The state of the campaign. The same state is never drawn twice. */
  readonly of: object;
  /** Trials that have ended. */
  readonly settled: number;
  /** Whether a run is at work on it. Only then drawings are rationed. */
  readonly isRunning: boolean;
  readonly draw: () => Generator<undefined, DrawnPage>;
}

/** What there is to show now. */
export interface ShownDrawing {
  readonly drawing: Drawing;
  readonly isCurrent: boolean;
  /** How the next one follows; null if no run is at work on the campaign, so that it follows at once. */
  readonly next: { readonly dueIn: number; readonly every: number } | null;
}

/** The drawn parts of pages, by the addresses of the pages. */
export class Drawings {
  /** The one that was shown last is the last. */
  readonly #kept = new Map<string, Drawing>();
  readonly #drawn = new Map<string, Promise<Drawing>>();
  #count = 0;

  /** Two clocks in milliseconds: one of the world, and one of the processor time of this process; and how to wait. */
  constructor(
    private readonly now: () => number = () => performance.now(),
    private readonly spent: () => number = processorTime,
    private readonly rest: (milliseconds: number) => Promise<unknown> = (milliseconds) => wait(milliseconds),
  ) {}

  /** Whether there is a drawing to show, current or not. */
  has(key: string): boolean {
    return this.#kept.has(key);
  }

  /**
   * What a page shows: the current drawing if it is there, is made quickly, or if there is no other. Else the last one,
   * while the next one is drawn or has to wait. Throws what drawing throws.
   */
  async show(key: string, drawable: Drawable): Promise<ShownDrawing> {
    const kept = this.#kept.get(key);
    if (kept !== undefined) {
      this.#keep(key, kept);
      const rest = kept.at + REST * kept.took * growth(kept, drawable) - this.now();
      const isResting = drawable.isRunning && rest > 0 && !this.#drawn.has(key);
      if (kept.of === drawable.of || isResting) return shownOf(kept, drawable, rest);
    }
    const next = this.#draw(key, drawable);
    if (kept === undefined || kept.took <= QUICK) {
      const drawing = await next;
      return shownOf(drawing, drawable, drawing.at + REST * drawing.took - this.now());
    }
    // If it fails, the page that has no other drawing shows the error.
    next.catch(() => {});
    return shownOf(kept, drawable, kept.took);
  }

  /**
   * Begins to draw, unless that is under way. Where pages have a drawing already and follow a run, the next one rests
   * after each step as long as the step took. Else the journal would be read late meanwhile, since to read it takes
   * several turns of the event loop.
   */
  #draw(key: string, { of, settled, isRunning, draw }: Drawable): Promise<Drawing> {
    const begun = this.#drawn.get(key);
    if (begun !== undefined) return begun;
    let took = 0;
    const onStep = (milliseconds: number): void => {
      took += milliseconds;
    };
    const rest = isRunning && this.#kept.has(key) ? this.rest : undefined;
    const drawing = inTurns(draw(), { onStep, spent: this.spent, now: this.now, rest })
      .then((page): Drawing => {
        this.#count += 1;
        const done = { ...page, id: String(this.#count), of, settled, took, at: this.now() };
        this.#keep(key, done);
        return done;
      })
      .finally(() => this.#drawn.delete(key));
    this.#drawn.set(key, drawing);
    return drawing;
  }

  #keep(key: string, drawing: Drawing): void {
    this.#kept.delete(key);
    this.#kept.set(key, drawing);
    let characters = [...this.#kept.values()].reduce((sum, one) => sum + sizeOf(one), 0);
    for (const [oldest, one] of this.#kept) {
      if (characters <= MAX_CHARACTERS || this.#kept.size === 1) return;
      this.#kept.delete(oldest);
      characters -= sizeOf(one);
    }
  }
}

/** How many times as long as the last drawing the next one may take: in proportion to the trials. */
function growth(last: Drawing, { settled }: Drawable): number {
  return Math.min(MAX_GROWTH, Math.max(1, settled / Math.max(1, last.settled)));
}

/** While a step of a drawing runs, this process does little else. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** A drawing may be of an earlier state, if it was under way when it was asked for. */
function shownOf(drawing: Drawing, { of, isRunning }: Drawable, dueIn: number): ShownDrawing {
  const isCurrent = drawing.of === of;
  const isAwaited = isRunning || !isCurrent;
  const next = isAwaited ? { dueIn: Math.max(0, dueIn), every: isRunning ? REST * drawing.took : 0 } : null;
  return { drawing, isCurrent, next };
}

const sizeOf = ({ main, choices }: DrawnPage): number => main.length + choices.length;
