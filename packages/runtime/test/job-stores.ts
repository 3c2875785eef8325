import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { startRedisServer } from './redis-server.ts'

/** Where a system under test keeps its jobs. */
export interface StorePlace {
  readonly redisUrl?: string
  readonly directory?: string
}

export interface PreparedStore {
  readonly place: StorePlace
  remove(): Promise<void>
}

type StoreCase = readonly [name: string, prepare: () => Promise<PreparedStore>]

/** Stores that outlive a process. */
export const durableStores: readonly StoreCase[] = [
  ...(process.env['NEEMATA_TEST_REDIS'] === 'absent' ? [] : [['Redis', prepareRedis] as const]),
  ['the embedded store on disk', prepareDirectory],
]

export const allStores: readonly StoreCase[] = [
  ...durableStores,
  [
    'the embedded store in memory',
    () => Promise.resolve({ place: { directory: 'memory://' }, remove: () => Promise.resolve() }),
  ],
]

async function prepareRedis(): Promise<PreparedStore> {
  const server = await startRedisServer()
  return { place: { redisUrl: server.url }, remove: () => server.kill() }
}

async function prepareDirectory(): Promise<PreparedStore> {
  const directory = await mkdtemp(path.join(tmpdir(), 'neemata-jobs-'))
  return { place: { directory }, remove: () => rm(directory, { recursive: true, force: true }) }
}
