import type { Campaign } from '../../../campaign/campaign.js';
import { variedAmong } from '../../model/varied-parameters.js';
import { sortedByScore } from '../../report/compared.js';
import { selectionRequest, selectRows } from '../../selection/select-rows.js';
import { type SettingItem, settingsSelection } from '../../selection/settings-selection.js';
import type { ViewRequest } from '../campaign-view.js';

/** A setting that has a score. */
export interface ComparableSetting extends SettingItem {
  readonly score: number;
}

/** The settings whose scores compare, with the selected ones among them, the best first. */
export interface ComparableSettings {
  readonly all: readonly ComparableSetting[];
  readonly selected: readonly ComparableSetting[];
  readonly isSelected: (one: ComparableSetting) => boolean;
  /** Parameters in which the settings differ. */
  readonly names: readonly string[];
  readonly problems: readonly string[];
}

/** The settings of a campaign whose scores compare. */
export function comparableSettings({ campaign, query }: ViewRequest): ComparableSettings {
  const whole = wholeOf(campaign);
  const request = { ...selectionRequest(query), sort: null };
  if (request.filter.trim() === '') return { ...whole, isSelected: () => true, problems: [] };
  const { rows, problems } = selectRows(settingsSelection(campaign), request);
  const chosen = new Set(rows.map(({ item }) => item));
  const isSelected = (one: ComparableSetting): boolean => chosen.has(one);
  return { ...whole, selected: whole.selected.filter(isSelected), isSelected, problems };
}

const known = new WeakMap<Campaign, Pick<ComparableSettings, 'all' | 'selected' | 'names'>>();

/** All of them, sorted once for all views and filters. */
function wholeOf(campaign: Campaign): Pick<ComparableSettings, 'all' | 'selected' | 'names'> {
  const cached = known.get(campaign);
  if (cached !== undefined) return cached;
  const { facts } = campaign;
  const all = settingsSelection(campaign)
    .rows.map(({ item }) => item)
    .filter(hasScore);
  const selected = sortedByScore(all, facts?.metric.goal ?? 'minimize', ({ score }) => score);
  const names = variedAmong(
    all.map(({ parameters }) => parameters),
    facts?.parameters ?? [],
  );
  const whole = { all, selected, names };
  known.set(campaign, whole);
  return whole;
}

function hasScore(item: SettingItem): item is ComparableSetting {
  return item.score !== null;
}
