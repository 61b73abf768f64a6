import { type Domain, domainSize, gridOf } from '../../campaign/domain.js';
import type { Parameters, ParameterValue } from '../../campaign/parameters.js';
import type { SearchSpace } from '../../campaign/search-space.js';
import { withoutInactive } from '../../campaign/space/conditions.js';
import { isOrdered, type Prior } from '../../campaign/space/prior.js';
import { shareOf, valueAt } from '../../campaign/space/quantile.js';

/**
 * A coordinate of a setting. `continuous` is the share of the draws of the domain that lie below the value, so draws
 * are uniform in it for every distribution. `ordered` and `categorical` are the index of a listed value.
 */
export type Axis = { readonly name: string; readonly domain: Domain; readonly prior?: Prior } & (
  | { readonly kind: 'continuous' }
  | { readonly kind: 'ordered'; readonly values: readonly ParameterValue[] }
  | {
      readonly kind: 'categorical';
      readonly values: readonly ParameterValue[];
      readonly probabilities: readonly number[];
    }
);

/** Numbers in equal steps are listed up to this many; above, the steps are finer than what a search can tell. */
const MAX_CELLS = 256;

/** The axes of a space: one for each parameter with more than one value. */
export function axesOf(space: SearchSpace): Axis[] {
  return Object.entries(space).flatMap(([name, domain]) => {
    const size = domainSize(domain);
    const { prior } = domain;
    return size === 1 ? [] : [{ ...axisOf(name, domain, size), ...(prior && { prior }) }];
  });
}

function axisOf(name: string, domain: Domain, size: number | null): Axis {
  if (domain.kind === 'values') {
    const { values, probabilities } = domain;
    if (probabilities === null && isOrdered(values)) return { name, domain, kind: 'ordered', values };
    const equal = values.map(() => 1 / values.length);
    return { name, domain, kind: 'categorical', values, probabilities: probabilities ?? equal };
  }
  const isEven = domain.kind === 'int_uniform' || domain.kind === 'q_uniform';
  if (isEven && size !== null && size <= MAX_CELLS)
    return { name, domain, kind: 'ordered', values: gridOf(domain) ?? [] };
  return { name, domain, kind: 'continuous' };
}

/** The coordinates of a setting on its axes; NaN where its parameter is not active. */
export function coordinatesOf(axes: readonly Axis[], setting: Parameters): number[] {
  return axes.map((axis) => {
    const value = setting[axis.name];
    if (value === undefined) return Number.NaN;
    return axis.kind === 'continuous'
      ? shareOf(axis.domain, Number(value))
      : axis.values.findIndex((each) => each === value || String(each) === String(value));
  });
}

/** The setting at coordinates, without parameters that are not active. Those without an axis have their only value. */
export function settingAt(space: SearchSpace, axes: readonly Axis[], point: readonly number[]): Parameters {
  const values = new Map(
    axes.map((axis, i) => {
      const at = point[i] ?? 0;
      return [axis.name, axis.kind === 'continuous' ? valueAt(axis.domain, at) : axis.values[at]];
    }),
  );
  const setting = Object.fromEntries(
    Object.entries(space).map(([name, domain]) => [name, values.get(name) ?? valueAt(domain, 0.5)]),
  );
  return withoutInactive(space, setting);
}

/**
 * Gives a drawn point without the coordinates of parameters that are not active, or null where the constraints refuse
 * its setting.
 */
export function acceptance(
  space: SearchSpace,
  axes: readonly Axis[],
  allows: ((setting: Parameters) => boolean) | undefined,
): (drawn: readonly number[]) => readonly number[] | null {
  const hasConditions = Object.values(space).some(({ when }) => when !== undefined);
  if (!hasConditions && allows === undefined) return (drawn) => drawn;
  return (drawn) => {
    const setting = settingAt(space, axes, drawn);
    if (allows?.(setting) === false) return null;
    return drawn.map((at, i) => (Object.hasOwn(setting, axes[i]?.name ?? '') ? at : Number.NaN));
  };
}
