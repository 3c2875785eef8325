import { defineApplication } from '@neemata/application'
import { expect, test } from 'vitest'

import { createTestConfig } from '../../test/create-test-system.ts'
import { defineJob } from '../declare/job.ts'
import type { Registry, RegistryApp } from '../registry.ts'
import { planProcess, type PlanProcessOptions } from './plan-process.ts'

const job = defineJob({ handler: () => 1 })

function app(parts: Partial<RegistryApp>, pools: readonly string[] = []): RegistryApp {
  return {
    type: 'api',
    application: () => defineApplication({}),
    procedures: {},
    jobs: Object.fromEntries(pools.map((pool) => [pool, { load: () => job, pool, at: 'x:1:1' }])),
    commands: {},
    plugins: [],
    slots: 'inline',
    ...parts,
  }
}

const registry: Registry = {
  version: 1,
  apps: {
    shop: app({ slots: [0, 1] }, ['io']),
    blog: app({ slots: [1] }),
    admin: app({}),
    reports: app({ type: 'worker' }, ['compute']),
    watcher: app({ type: 'worker' }),
  },
}

function plan(options: Partial<PlanProcessOptions> = {}) {
  const config = {
    ...createTestConfig(Object.keys(registry.apps)),
    workers: {
      api: { threads: 2 },
      jobs: {
        io: { threads: 2, concurrency: 1 },
        compute: { threads: 0, concurrency: 1 },
        idle: { threads: 1, concurrency: 1 },
      },
    },
  }
  return planProcess({
    registry,
    config,
    role: 'all',
    canThread: true,
    place: undefined,
    ...options,
  })
}

test('keeps inline apps and pools without threads', () => {
  expect(plan()).toEqual({
    apps: ['admin', 'reports', 'watcher'],
    slots: new Map([
      ['shop', [0, 1]],
      ['blog', [1]],
    ]),
    pools: ['compute'],
    poolThreads: new Map([['io', 2]]),
    hasTransports: true,
    hasScheduler: true,
  })
})

test('runs everything itself without threads', () => {
  const alone = plan({ canThread: false })
  expect(alone.apps).toEqual(['shop', 'blog', 'admin', 'reports', 'watcher'])
  expect(alone.pools).toEqual(['io', 'compute'])
  expect(alone.slots.size + alone.poolThreads.size).toBe(0)
})

test('limits a gateway to calls', () => {
  const gateway = plan({ role: 'gateway' })
  expect(gateway.apps).toEqual(['admin'])
  expect([...gateway.slots.keys()]).toEqual(['shop', 'blog'])
  expect(gateway).toMatchObject({ pools: [], hasTransports: true, hasScheduler: false })
})

test('limits the jobs role to pools', () => {
  const jobs = plan({ role: 'jobs' })
  expect(jobs.apps).toEqual(['reports', 'watcher'])
  expect(jobs.poolThreads).toEqual(new Map([['io', 2]]))
  expect(jobs).toMatchObject({ pools: ['compute'], hasTransports: false, hasScheduler: false })
})

test('gives the scheduler no apps', () => {
  const scheduler = plan({ role: 'scheduler' })
  expect(scheduler).toMatchObject({ apps: [], pools: [], hasScheduler: true, hasTransports: false })
})

test('limits threads to what they are for', () => {
  expect(plan({ place: { kind: 'slot', slot: 1 } }).apps).toEqual(['shop', 'blog'])
  const pool = plan({ place: { kind: 'pool', pool: 'compute', index: 0 } })
  expect(pool).toMatchObject({ apps: ['reports'], pools: ['compute'], hasTransports: false })
})
