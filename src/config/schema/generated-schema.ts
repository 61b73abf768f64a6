import { z } from 'zod';
import { split, standardize } from './split-schema.js';

const rows = z.int().min(4).max(1_000_000).default(600).describe('Number of rows.');
const classes = z.int().min(2).max(100).default(2).describe('Number of classes.');

/** The section `data` for a generated data set. */
export const generated = z.discriminatedUnion('generate', [
  z.strictObject({
    generate: z
      .literal('xor')
      .describe('Four rows of three inputs, the last always 1: the exclusive or of the first two.'),
    split: z.literal('none').default('none').describe('Four rows cannot be split.'),
    standardize: standardize.default(false),
  }),
  z.strictObject({
    generate: z.literal('spirals').describe('Interleaved spirals in the plane, one per class.'),
    rows,
    classes,
    noise: z.number().min(0).max(10).default(0.2).describe('Standard deviation around the arms.'),
    split,
    standardize,
  }),
  z.strictObject({
    generate: z.literal('moons').describe('Two interlocking half circles in the plane.'),
    rows,
    noise: z.number().min(0).max(10).default(0.2).describe('Standard deviation around the half circles.'),
    split,
    standardize,
  }),
  z.strictObject({
    generate: z
      .literal('circles')
      .describe('Two circles in the plane, one inside the other and half as wide.'),
    rows,
    noise: z.number().min(0).max(10).default(0.1).describe('Standard deviation around the circles.'),
    split,
    standardize,
  }),
  z.strictObject({
    generate: z
      .literal('strokes')
      .describe(
        'Small noisy pictures of curved strokes, as if drawn by hand. Each class has its own stroke.',
      ),
    rows,
    classes: classes.default(10),
    size: z.int().min(4).max(64).default(12).describe('Width and height in pixels.'),
    noise: z
      .number()
      .min(0)
      .max(10)
      .default(0.2)
      .describe('Standard deviation of the noise added to each pixel (a stroke has value 1).'),
    split,
    standardize: standardize.default(false),
  }),
  z.strictObject({
    generate: z.literal('teacher').describe('Normally distributed inputs, labelled by a random network.'),
    rows,
    inputs: z.int().min(1).max(10_000).default(10).describe('Number of inputs.'),
    units: z
      .int()
      .min(1)
      .max(10_000)
      .default(8)
      .describe('Hidden units of the network that labels the rows.'),
    classes,
    noise: z.number().min(0).max(1).default(0.1).describe('Share of the rows whose label is random.'),
    split,
    standardize,
  }),
]);
