const dist = new URL('../../dist/', import.meta.url).href;

/** The library as programs import it, compiled: worker threads cannot load TypeScript on every Node. */
export const built: typeof import('../../src/index.js') = await import(`${dist}index.js`);

/** `fitfirst/extend`, compiled. */
export const builtExtend: typeof import('../../src/extend.js') = await import(`${dist}extend.js`);
