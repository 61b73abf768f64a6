import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Limits are for hangs alone: no test depends on time, and busy machines are slow.
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    // Many tests wait for programs that they started, so files may take every core.
    maxWorkers: availableParallelism(),
    // A test on real processes may fail once where a machine is short of something. CI tries it again, and says so.
    retry: Number(process.env.FITFIRST_TEST_RETRIES ?? 0),
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // A cache of the user's must not change what a test sees; nothing can be kept below a device.
    env: { XDG_CACHE_HOME: '/dev/null' },
    // The built program is loaded as Node loads it, not translated file by file.
    server: { deps: { external: [/\/dist\//] } },
  },
});
