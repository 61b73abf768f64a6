import { isBetter } from '../../../campaign/metric.js';
import { variedAmong } from '../../model/varied-parameters.js';
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
  const { facts } = campaign;
  const goal = facts?.metric.goal ?? 'minimize';
  const table = settingsSelection(campaign);
  const { rows, problems } = selectRows(table, { ...selectionRequest(query), sort: null });
  const all = table.rows.map(({ item }) => item).filter(hasScore);
  const selected = rows.map(({ item }) => item).filter(hasScore);
  selected.sort((a, b) => (isBetter(goal, a.score, b.score) ? -1 : isBetter(goal, b.score, a.score) ? 1 : 0));
  const chosen = new Set(selected);
  const names = variedAmong(
    all.map(({ parameters }) => parameters),
    facts?.parameters ?? [],
  );
  return { all, selected, isSelected: (one) => chosen.has(one), names, problems };
}

function hasScore(item: SettingItem): item is ComparableSetting {
  return item.score !== null;
}
