import { spawnSync } from 'node:child_process'

import { defineConfig } from 'vitest/config'

// Workspace packages are read from their sources, so that a test never sees an old build.
const conditions = ['source', 'module', 'node', 'development|production']

// Some tests start a Redis of their own. Where none is installed they are left out, aloud; never in CI.
const hasRedis = spawnSync('redis-server', ['--version']).error === undefined
const needRedis = [
  'packages/runtime/src/stores/redis/**',
  'packages/runtime/src/process/run-roles.test.ts',
  'packages/runtime/src/pubsub/event-processes.test.ts',
]
if (!hasRedis) {
  const remedy = 'Install it for all tests: apt-get install redis-server'
  if (process.env['CI'] === 'true') throw new Error(`There is no redis-server. ${remedy}`)
  console.warn(`There is no redis-server: the tests that start one are left out. ${remedy}`)
}

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: ['source', 'node'] } },
  test: {
    include: [
      'packages/*/src/**/*.test.ts',
      'examples/**/*.test.ts',
      'scripts/**/*.test.ts',
      'tests/**/*.test.ts',
    ],
    exclude: ['**/node_modules/**', '**/dist/**', 'tests/long/**', ...(hasRedis ? [] : needRedis)],
    env: { NEEMATA_TEST_REDIS: hasRedis ? 'present' : 'absent' },
    // Tests start real servers, bundlers and child processes, on machines that others use too.
    // Most of them wait for something else than a processor.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    typecheck: {
      enabled: true,
      include: ['packages/*/src/**/*.test-d.ts'],
      tsconfig: './tsconfig.json',
      ignoreSourceErrors: true,
    },
  },
})
