import { z } from 'zod';
import { growthEndings, warningCodes } from '../../campaign/finding.js';
import { count, goal, parameters, parameterValue } from './trial-spec-form.js';

/** Builds the form of a finding. */
export function createFindingForm() {
  const meanOverRepeats = z.object({
    mean: z.number(),
    standardError: z.number().nullable(),
    repeats: count,
  });
  const meanWithInterval = {
    mean: z.number(),
    low: z.number().nullable(),
    high: z.number().nullable(),
    repeats: count,
  };
  const because = z.string();
  return z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('size'),
      because,
      parameter: z.string(),
      size: parameterValue,
      depth: z.exactOptional(z.number()),
      fits: z.boolean(),
      repeatsFit: count,
      metric: z.string(),
      training: meanOverRepeats.nullable(),
      epochsToFit: z.number().nullable(),
      epochs: z.exactOptional(count),
    }),
    z.object({
      kind: z.literal('deeper'),
      because,
      parameter: z.string(),
      value: z.number(),
      from: parameterValue,
    }),
    z.object({
      kind: z.literal('range-extended'),
      because,
      parameter: z.string(),
      from: z.number(),
      values: z.array(z.number()),
    }),
    z.object({
      kind: z.literal('race-ended'),
      because,
      test: z.enum(['friedman', 'wilcoxon']),
      p: z.number(),
      repeats: count,
    }),
    z.object({ kind: z.literal('growth-ended'), because, by: z.enum(growthEndings) }),
    z.object({ kind: z.literal('fitted'), because, parameters: parameters.nullable() }),
    z.object({ kind: z.literal('grown'), because, parameters: parameters.nullable() }),
    z.object({
      kind: z.literal('strict'),
      because,
      parameters,
      validation: z.exactOptional(meanOverRepeats),
    }),
    z.object({
      kind: z.literal('chosen'),
      because,
      parameters,
      epochs: count,
      validation: meanOverRepeats,
      interval: z.exactOptional(z.object({ low: z.number(), high: z.number() })),
    }),
    z.object({
      kind: z.literal('baseline'),
      because,
      parameters,
      epochs: count,
      validation: meanOverRepeats,
    }),
    z.object({
      kind: z.literal('front'),
      because,
      objectives: z.array(z.object({ name: z.string(), goal })),
      settings: z.array(
        z.object({
          parameters,
          values: z.array(z.object(meanWithInterval)),
        }),
      ),
    }),
    z.object({ kind: z.literal('ties'), because, settings: z.array(parameters) }),
    z.object({
      kind: z.literal('gain'),
      because,
      ...meanWithInterval,
      detectable: z.number().nullable(),
    }),
    z.object({
      kind: z.literal('warning'),
      because,
      code: z.enum(warningCodes),
      numbers: z.record(z.string(), z.union([z.number(), z.string()])),
    }),
  ]);
}
