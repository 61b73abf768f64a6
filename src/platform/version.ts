import { createRequire } from 'node:module';

/** The version of this program, from its manifest. */
export const version: string = versionOf(createRequire(import.meta.url)('../../package.json'));

// By hand, since a schema library would take longer to load than the rest of `fitfirst --version`.
function versionOf(manifest: unknown): string {
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest)
    if (typeof manifest.version === 'string') return manifest.version;
  throw new TypeError('package.json has no version');
}
