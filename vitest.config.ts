import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Limits are for hangs alone: no test depends on time, and busy machines are slow.
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    // Many tests wait for programs that they started, so files may take every core.
    maxWorkers: availableParallelism(),
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // A cache of the user's must not change what a test sees; nothing can be kept below a device.
    env: { XDG_CACHE_HOME: '/dev/null' },
    // The built program is loaded as Node loads it, not translated file by file.
    server: { deps: { external: [/\/dist\//] } },
  },
});
