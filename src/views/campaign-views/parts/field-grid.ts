import type { Domain } from '../../../campaign/domain.js';
import { formatValue } from '../../../campaign/format-setting.js';
import type { ParameterValue } from '../../../campaign/parameters.js';
import type { SearchSpace } from '../../../campaign/search-space.js';
import { formatNumber } from '../../../text/number.js';
import { distinctValues } from '../../report/compared.js';
import { type ComparableSettings, valuesAt } from './comparable-settings.js';

/** Fields along a side, at most. */
const MAX_PLACES = 10;

/** The values of a parameter as fields, each at a place. */
export interface Fields {
  readonly labels: readonly string[];
  readonly place: (value: ParameterValue | undefined) => number;
}

/** The settings that have two parameters, by the fields that their values are in. */
export interface FieldGrid {
  readonly x: string;
  readonly y: string;
  readonly across: Fields;
  readonly up: Fields;
  /** The fields with a setting, in the order in which settings first come to them. */
  readonly fields: readonly Field[];
}

/** The scores of the settings in a field, in the order of the settings. */
interface Field {
  readonly column: number;
  readonly row: number;
  readonly scores: number[];
}

/** Puts the settings at some places into fields. */
export function fieldGrid(
  settings: ComparableSettings,
  places: Uint32Array,
  x: string,
  y: string,
  space: SearchSpace,
): FieldGrid {
  const [ofX, ofY] = [settings.column(x), settings.column(y)];
  const having = places.filter((place) => ofX[place] !== undefined && ofY[place] !== undefined);
  const across = fieldsOf(valuesAt(settings, x, having), space[x]);
  const up = fieldsOf(valuesAt(settings, y, having), space[y]);
  const fields = new Map<number, Field>();
  for (const place of having) {
    const [column, row] = [across.place(ofX[place]), up.place(ofY[place])];
    const key = column * MAX_PLACES + row;
    const score = settings.scores[place] ?? Number.NaN;
    const field = fields.get(key);
    if (field === undefined) fields.set(key, { column, row, scores: [score] });
    else field.scores.push(score);
  }
  return { x, y, across, up, fields: [...fields.values()] };
}

/** The values of a parameter as fields, each at a place; many numbers in ranges that hold equally many settings. */
function fieldsOf(values: readonly ParameterValue[], domain: Domain | undefined): Fields {
  const distinct = distinctValues(values, domain);
  const texts = distinct.map((value) => JSON.stringify(value));
  const places = new Map(distinct.map((value, place) => [value, place]));
  if (distinct.length <= MAX_PLACES || !distinct.every((value) => typeof value === 'number')) {
    const shown = distinct.slice(0, MAX_PLACES);
    return {
      labels:
        distinct.length > MAX_PLACES
          ? [...shown.slice(0, -1).map(formatValue), 'others']
          : shown.map(formatValue),
      place: (value) => {
        const known = value === undefined ? undefined : places.get(value);
        return Math.min(known ?? texts.indexOf(JSON.stringify(value)), MAX_PLACES - 1);
      },
    };
  }
  const sorted = Float64Array.from(values, Number).sort();
  const bounds = Array.from(
    { length: MAX_PLACES + 1 },
    (_, i) => sorted[Math.round((i / MAX_PLACES) * (sorted.length - 1))] ?? 0,
  );
  const ends = [...new Set(bounds)];
  // A dash takes less room, but not next to a minus.
  const between = (ends[0] ?? 0) < 0 ? ' to ' : '–';
  const short = (value: number): string => formatNumber(Number(value.toPrecision(2)));
  return {
    labels: ends.slice(1).map((end, i) => `${short(ends[i] ?? 0)}${between}${short(end)}`),
    place: (value) => {
      const range = ends.findIndex((end, i) => i > 0 && Number(value) <= end);
      return Math.max(0, range - 1);
    },
  };
}
