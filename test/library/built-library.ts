const entry = new URL('../../dist/index.js', import.meta.url).href;

/** The library as programs import it, compiled: worker threads cannot load TypeScript on every Node. */
export const built: typeof import('../../src/index.js') = await import(entry);
