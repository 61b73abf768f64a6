import type { Campaign } from '../../campaign/campaign.js';
import type { Json } from '../../campaign/canonical-json.js';

/** What the campaign's config says at a path of member names; undefined where it says nothing there. */
export function configValue(campaign: Campaign, ...path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>(member, campaign.facts?.config);
}

function member(json: Json | undefined, name: string): Json | undefined {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return undefined;
  return Object.entries(json).find(([key]) => key === name)?.[1];
}

/** Whether the trainer is fitfirst's own, of which more is known than of any other. */
export function isBuiltIn(campaign: Campaign): boolean {
  return configValue(campaign, 'trainer') === 'mlp';
}

/** The texts of a list; empty for anything else. */
export function textsIn(json: Json | undefined): string[] {
  return Array.isArray(json) ? json.filter((entry) => typeof entry === 'string') : [];
}

/** A value of a config in words: lists with commas, records as `name value`. */
export function formatJson(json: Json): string {
  if (Array.isArray(json)) return json.map(formatJson).join(', ');
  if (typeof json !== 'object' || json === null) return json === null ? 'none' : String(json);
  return Object.entries(json)
    .map(([name, value]) => `${name.replaceAll('_', ' ')} ${formatJson(value)}`)
    .join(', ');
}
