import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Limits are for hangs alone: no test depends on time, and busy machines are slow.
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
