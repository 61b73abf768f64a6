import { REDIS_VARIABLES } from '../remote/redis-address.js';

/** Makes `--redis` win over the environment, where the address is looked up once. */
export function giveRedisUrl(url: string | undefined): void {
  if (url !== undefined) process.env[REDIS_VARIABLES.url] = url;
}
