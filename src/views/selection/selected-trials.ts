import type { Campaign } from '../../campaign/campaign.js';
import { type Asked, askedTrials } from '../model/asked-trials.js';
import { selectionRequest, selectRows } from './select-rows.js';
import { trialsSelection } from './trials-selection.js';

/** The trials that the filter of an address selects. */
export interface SelectedTrials {
  /** In the order in which the method asked for them. */
  readonly trials: readonly Asked[];
  readonly areAll: boolean;
  /** Parts of the filter that cannot be used, in words. */
  readonly problems: readonly string[];
}

/** Selects trials for a picture. Without a filter it needs no table, which takes about as long as the picture. */
export function selectedTrials(campaign: Campaign, query: URLSearchParams): SelectedTrials {
  const request = { ...selectionRequest(query), sort: null };
  if (request.filter.trim() === '') return { trials: [...askedTrials(campaign)], areAll: true, problems: [] };
  const table = trialsSelection(campaign);
  const { rows, problems } = selectRows(table, request);
  return { trials: rows.map(({ item }) => item), areAll: rows.length === table.rows.length, problems };
}
