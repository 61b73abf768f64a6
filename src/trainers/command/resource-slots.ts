import type { ResourceNeed } from '../../execution/command-options.js';

/** Hands out scarce things: no two trials that run at once have the same GPU. */
export interface ResourceSlots {
  /** Trials that there is enough for at once; Infinity where nothing is scarce. */
  readonly atOnce: number;
  /** Takes what a trial needs; throws RangeError where nothing is left. */
  take(): TakenResources;
}

export interface TakenResources {
  /** Names of what was taken, for the program: `CUDA_VISIBLE_DEVICES` for gpu, else `FITFIRST_<NAME>`. */
  readonly environment: Readonly<Record<string, string>>;
  giveBack(): void;
}

export function createResourceSlots(needs: Readonly<Record<string, ResourceNeed>>): ResourceSlots {
  const free = new Map(Object.entries(needs).map(([name, { names }]) => [name, [...names]]));
  const counts = Object.values(needs).map(({ each, names }) => Math.floor(names.length / each));
  return {
    atOnce: Math.min(Number.POSITIVE_INFINITY, ...counts),
    take() {
      const taken = Object.entries(needs).map(([name, { each }]) => {
        const left = free.get(name) ?? [];
        if (left.length < each) throw new RangeError(`no ${name} is left for another trial`);
        return { name, left, mine: left.splice(0, each) };
      });
      return {
        environment: Object.fromEntries(taken.map(({ name, mine }) => [variableOf(name), mine.join(',')])),
        giveBack() {
          for (const { left, mine } of taken) left.push(...mine.splice(0));
        },
      };
    },
  };
}

function variableOf(name: string): string {
  return name === 'gpu' ? 'CUDA_VISIBLE_DEVICES' : `FITFIRST_${name.toUpperCase().replaceAll(/\W/g, '_')}`;
}
