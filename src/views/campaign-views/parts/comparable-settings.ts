import type { Campaign } from '../../../campaign/campaign.js';
import type { ParameterValue } from '../../../campaign/parameters.js';
import { variedAmong } from '../../model/varied-parameters.js';
import { placesByScore } from '../../report/compared.js';
import { selectionRequest, selectRows } from '../../selection/select-rows.js';
import { type SettingItem, settingsSelection } from '../../selection/settings-selection.js';
import type { ViewRequest } from '../campaign-view.js';

/** A setting that has a score. */
export interface ComparableSetting extends SettingItem {
  readonly score: number;
}

/** The settings whose scores compare. Other fields name them by their places in `all`, from 0. */
export interface ComparableSettings {
  /** In the order in which the method asked for them. */
  readonly all: readonly ComparableSetting[];
  readonly scores: Float64Array;
  /** The selected ones, the best first. */
  readonly selected: Uint32Array;
  readonly isSelected: (place: number) => boolean;
  /** Parameters in which the settings differ. */
  readonly names: readonly string[];
  /** The values of a parameter, by place; undefined where a setting does not have it. */
  readonly column: (name: string) => Column;
  readonly problems: readonly string[];
}

type Column = readonly (ParameterValue | undefined)[];

/** The settings of a campaign whose scores compare. */
export function comparableSettings({ campaign, query }: ViewRequest): ComparableSettings {
  const whole = wholeOf(campaign);
  const request = { ...selectionRequest(query), sort: null };
  if (request.filter.trim() === '') return { ...whole, isSelected: () => true, problems: [] };
  const { rows, problems } = selectRows(settingsSelection(campaign), request);
  const chosen = new Set(rows.map(({ item }) => item));
  const isSelected = (place: number): boolean => chosen.has(whole.all[place] as SettingItem);
  return { ...whole, selected: whole.selected.filter(isSelected), isSelected, problems };
}

/** The values that a parameter has at these places; a list of widths is one value. */
export function valuesAt(
  { column }: ComparableSettings,
  name: string,
  places: Uint32Array,
): ParameterValue[] {
  const ofAll = column(name);
  const values: ParameterValue[] = [];
  for (const place of places) {
    const value = ofAll[place];
    if (value !== undefined) values.push(value);
  }
  return values;
}

type Whole = Omit<ComparableSettings, 'isSelected' | 'problems'>;

const known = new WeakMap<Campaign, Whole>();

/** All of them, sorted once for all views and filters. */
function wholeOf(campaign: Campaign): Whole {
  const cached = known.get(campaign);
  if (cached !== undefined) return cached;
  const { facts } = campaign;
  const all = settingsSelection(campaign)
    .rows.map(({ item }) => item)
    .filter(hasScore);
  const scores = Float64Array.from(all, ({ score }) => score);
  const names = variedAmong(
    all.map(({ parameters }) => parameters),
    facts?.parameters ?? [],
  );
  // To look at a hundred thousand settings one by one takes far longer than to go through a list of values.
  const columns = new Map<string, Column>();
  const column = (name: string): Column => {
    const values = columns.get(name) ?? all.map(({ parameters }) => parameters[name]);
    columns.set(name, values);
    return values;
  };
  const selected = placesByScore(scores, facts?.metric.goal ?? 'minimize');
  const whole = { all, scores, selected, names, column };
  known.set(campaign, whole);
  return whole;
}

function hasScore(item: SettingItem): item is ComparableSetting {
  return item.score !== null;
}
