import { FitfirstError } from '../campaign/fitfirst-error.js';

/** Where Redis is, and how to sign in. Only `shown` may be printed, logged or written to a file. */
export interface RedisAddress {
  readonly host: string;
  readonly port: number;
  readonly database: number;
  /** Whether the connection is encrypted: `rediss://`. */
  readonly isEncrypted: boolean;
  readonly username: string | undefined;
  readonly password: string | undefined;
  /** The address without user and password. */
  readonly shown: string;
}

/** The environment variables that say where Redis is and who signs in. */
export const REDIS_VARIABLES = {
  url: 'FITFIRST_REDIS_URL',
  username: 'FITFIRST_REDIS_USERNAME',
  password: 'FITFIRST_REDIS_PASSWORD',
} as const;

type Environment = Readonly<Record<string, string | undefined>>;

const DEFAULT_PORT = 6379;

/**
 * The address from `--redis` or the config, else from FITFIRST_REDIS_URL. User and password come from the URL, else
 * from the environment. Throws USAGE_INVALID if no address is given, or if it is not one; the message does not repeat
 * it, since it may hold a password.
 */
export function resolveRedisAddress(given: string | undefined, environment: Environment): RedisAddress {
  const text = given ?? environment[REDIS_VARIABLES.url];
  if (text === undefined) {
    throw invalid(
      `Trials are to run over Redis, but its address is missing. Use --redis redis://host:${DEFAULT_PORT}, or set ` +
        `${REDIS_VARIABLES.url}.`,
    );
  }
  const url = parse(text);
  if (url === null || url.hostname === '' || !['redis:', 'rediss:'].includes(url.protocol)) {
    throw invalid(
      `The address of Redis is not a URL such as redis://host:${DEFAULT_PORT}, or rediss://host:${DEFAULT_PORT} with ` +
        'TLS. (The address is not repeated here because it may hold a password.)',
    );
  }
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const port = url.port === '' ? DEFAULT_PORT : Number(url.port);
  const database = databaseOf(url);
  return {
    host,
    port,
    database,
    isEncrypted: url.protocol === 'rediss:',
    username: decoded(url.username) ?? environment[REDIS_VARIABLES.username],
    password: decoded(url.password) ?? environment[REDIS_VARIABLES.password],
    shown: `${url.protocol}//${url.hostname}:${port}${database === 0 ? '' : `/${database}`}`,
  };
}

/** Removes the password from an environment, so that trainers that this process starts do not inherit it. */
export function forgetCredentials(environment: NodeJS.ProcessEnv): void {
  for (const name of Object.values(REDIS_VARIABLES)) delete environment[name];
}

/** Whether a URL holds a user or a password. */
export function holdsCredentials(text: string): boolean {
  const url = parse(text);
  return url !== null && (url.username !== '' || url.password !== '');
}

function databaseOf(url: URL): number {
  const path = url.pathname.replace(/^\//, '');
  if (path === '') return 0;
  if (/^\d{1,6}$/.test(path)) return Number(path);
  throw invalid('The path in the address of Redis is the number of a database, such as /0.');
}

function decoded(part: string): string | undefined {
  if (part === '') return undefined;
  try {
    return decodeURIComponent(part);
  } catch {
    throw invalid('User or password in the address of Redis have a % that is not followed by two digits.');
  }
}

function parse(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

function invalid(message: string): FitfirstError {
  return new FitfirstError('USAGE_INVALID', message);
}
