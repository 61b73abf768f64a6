import { basename } from 'node:path';
import type { ConfigObject } from '../config/parse-draft.js';
import type { CampaignConfig } from './tune-config.js';

/** The object as a config: paths start at the working directory. */
export function configObject({ method, ...config }: CampaignConfig): ConfigObject {
  return { value: { ...config, ...method }, folder: process.cwd(), name: usualName(config) };
}

/** After the data, where they are a file. */
function usualName({ data }: CampaignConfig): string {
  const path = typeof data === 'object' && data !== null && 'path' in data ? data.path : null;
  const first = typeof path === 'string' ? path : path?.[0];
  return typeof first === 'string' ? basename(first).replace(/\..*$/, '') || 'campaign' : 'campaign';
}
