import { readFileSync } from 'node:fs';

/** The version of this program, from its manifest. */
export const version: string = versionOf(
  JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')),
);

// By hand, since a schema library would take longer to load than the rest of `fitfirst --version`.
function versionOf(manifest: unknown): string {
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest)
    if (typeof manifest.version === 'string') return manifest.version;
  throw new TypeError('package.json has no version');
}
