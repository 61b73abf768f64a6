import { kernelVersion } from '../kernel/kernel-module.js';

/**
 * Version of all that the built-in trainer decides, part of what a result depends on: its first weights, orders,
 * schedules and measures, and the arithmetic of the kernel. To be raised with any change of a bit.
 */
export const mlpTrainerVersion = `mlp-1 ${kernelVersion}`;
