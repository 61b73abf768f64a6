import { readdirSync } from 'node:fs';

/**
 * The GPUs that this process may use: those of CUDA_VISIBLE_DEVICES where it is set, else those whose devices the
 * system shows (Linux, NVIDIA).
 */
export function visibleGpus(setting: string | undefined): string[] {
  if (setting !== undefined) return setting.split(',').filter((name) => name !== '' && name !== '-1');
  try {
    return readdirSync('/dev').flatMap((name) => /^nvidia(\d+)$/.exec(name)?.[1] ?? []);
  } catch {
    return []; // no such folder on this system
  }
}
