import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const ALL = 'test/**/*.test.{ts,tsx}';

/** The library that draws the screen looks at the environment when it is loaded, so these files load it themselves. */
const ISOLATED = ['test/views/screen/**/*.test.{ts,tsx}', 'test/cli/commands/watched-screen.test.ts'];

// Limits are for hangs alone: no test depends on time, and busy machines are slow.
export default defineConfig({
  test: {
    globalSetup: ['test/tables-folder.ts'],
    // Many tests wait for programs that they started, so files may take every core.
    maxWorkers: availableParallelism(),
    // A test on real processes may fail once where a machine is short of something. CI tries it again, and says so.
    retry: Number(process.env.FITFIRST_TEST_RETRIES ?? 0),
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // A cache of the user's must not change what a test sees; nothing can be kept below a device.
    env: { XDG_CACHE_HOME: '/dev/null' },
    unstubEnvs: true,
    // The built program is loaded as Node loads it, not translated file by file.
    server: { deps: { external: [/\/dist\//] } },
    projects: [
      // To load the modules again for each file takes about a second of processor time, so most files share them.
      { extends: true, test: { name: 'shared', include: [ALL], exclude: ISOLATED, isolate: false } },
      { extends: true, test: { name: 'isolated', include: ISOLATED } },
    ],
  },
});
