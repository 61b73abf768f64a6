/**
 * A colour by its meaning. `chosen` is what dropout made, `baseline` the best without it, `good` and `bad` are
 * outcomes; people who cannot see red or green can distinguish them, and they differ in shape as well.
 */
export type PlotRole = 'chosen' | 'baseline' | 'good' | 'bad' | 'plain' | 'quiet';

export type PlotShape = 'circle' | 'ring' | 'diamond' | 'star';

/** An axis; places are evenly spaced, each with a label, and counted from 0. */
export type PlotAxis =
  | { readonly kind: 'number'; readonly name: string; readonly whole?: boolean }
  | { readonly kind: 'log'; readonly name: string }
  | { readonly kind: 'places'; readonly name: string; readonly labels: readonly string[] };

export interface PlotPoint {
  readonly x: number;
  readonly y: number;
  /** What is shown when the pointer rests on it. */
  readonly tip: string;
}

/** One kind of mark in a plot. */
export type PlotLayer =
  | {
      readonly kind: 'dots';
      readonly role: PlotRole;
      readonly shape: PlotShape;
      readonly size: number;
      readonly points: readonly PlotPoint[];
    }
  | {
      readonly kind: 'line';
      readonly role: PlotRole;
      readonly dashed: boolean;
      readonly width: number;
      readonly points: readonly (readonly [x: number, y: number])[];
    }
  /** A dashed horizontal line across the plot. */
  | { readonly kind: 'level'; readonly role: PlotRole; readonly y: number }
  /** Uprights from low to high. */
  | {
      readonly kind: 'intervals';
      readonly role: PlotRole;
      readonly bars: readonly { readonly x: number; readonly low: number; readonly high: number }[];
    }
  /** A shaded stretch of one of the axes, across the plot, with a few words above it. */
  | {
      readonly kind: 'band';
      readonly along: 'x' | 'y';
      readonly role: PlotRole;
      readonly from: number;
      readonly to: number;
      readonly label: string;
    }
  /** Nothing to see: the vertical axis reaches over these values, so that plots side by side have the same one. */
  | { readonly kind: 'extent'; readonly values: readonly number[] }
  /** Nothing to see until the pointer comes near one of these places along the horizontal axis. */
  | {
      readonly kind: 'readings';
      readonly places: readonly { readonly x: number; readonly tip: string }[];
    }
  /** The stretch between two lines, such as the least and the greatest of several values. */
  | {
      readonly kind: 'ribbon';
      readonly role: PlotRole;
      readonly points: readonly (readonly [x: number, low: number, high: number])[];
    }
  /** Horizontal bars at places of the vertical axis; the strength, from 0 to 1, says how much colour. */
  | {
      readonly kind: 'bars';
      /** Whether neighbours are kept apart. */
      readonly hasGaps: boolean;
      readonly bars: readonly {
        readonly y: number;
        readonly from: number;
        readonly to: number;
        readonly role: PlotRole;
        readonly strength: number;
        /** What is shown when the pointer rests on it. */
        readonly tip: string;
      }[];
    }
  /** Squares of a heat map; the strength, from 0 to 1, says how much colour. */
  | {
      readonly kind: 'cells';
      /** Whether fields of equal strength are one area, with lines where the strength changes; else each is apart. */
      readonly hasContours?: boolean;
      readonly cells: readonly (PlotPoint & {
        readonly strength: number;
        readonly text: string;
        readonly role: PlotRole;
      })[];
    };

/** What is to be drawn: two axes, and layers from the back to the front. */
export interface Plot {
  readonly x: PlotAxis;
  readonly y: PlotAxis;
  readonly layers: readonly PlotLayer[];
}
