import { runMigrations } from 'bullmq'
import { join, resolve } from 'node:path'

import type { Logger } from '../../declare/logger.ts'
import { createBullStore } from '../bullmq/bull-store.ts'
import type { StoreBackend } from '../bullmq/backend.ts'
import { createLockKeeper } from '../bullmq/lock-keeper.ts'
import { connectLocks } from '../bullmq/locks.ts'
import type { EmbeddedAddress, JobStore, Store } from '../store.ts'
import { type Engine, startEngine } from './engine.ts'
import { createEngineClient, type EngineClient } from './engine-client.ts'
import { createEnginePool } from './engine-pool.ts'
import { createPatientBackend } from './patient-backend.ts'
import { lockStore } from './store-lock.ts'
import { checkStoreVersion } from './store-version.ts'

export interface EmbeddedStoreOptions {
  /** Where the data lies, or `memory://` to keep none. */
  readonly directory: string
  readonly logger: Logger
}

/**
 * Opens the store that needs no server: BullMQ's Postgres backend on PGlite in a thread of its own.
 * @throws NeemataError NM7601 if another process has it open, NM7602 for another release's data, NM7603
 */
export async function openEmbeddedStore(options: EmbeddedStoreOptions): Promise<Store> {
  const { logger } = options
  const inMemory = options.directory === 'memory://'
  const directory = inMemory ? options.directory : resolve(options.directory)
  const lock = inMemory ? undefined : await lockStore(directory)
  let engine: Engine | undefined
  try {
    if (!inMemory) await checkStoreVersion(directory)
    engine = await startEngine({
      dataDir: inMemory ? directory : join(directory, 'data'),
      onCrash: (err) => logger.fatal({ err }, 'the embedded jobs store broke down'),
    })
    const client = createEngineClient(engine.createPort())
    await runMigrations(await createEnginePool(client).connect())
    const durability = inMemory
      ? 'kept in memory only'
      : 'survives a process crash, not a power loss'
    logger.info({ directory }, `embedded jobs store, single node, ${durability}`)
    return createStore({ engine, client, release: () => lock?.release() })
  } catch (error) {
    await engine?.close()
    await lock?.release()
    throw error
  }
}

export function connectEmbeddedStore({ engine, locks }: EmbeddedAddress): JobStore {
  const client = createEngineClient(engine)
  return createBullStore(createBackend(client), connectLocks(locks))
}

interface Parts {
  readonly engine: Engine
  readonly client: EngineClient
  release(): Promise<void> | undefined
}

function createStore({ engine, client, release }: Parts): Store {
  const backend = createBackend(client)
  const keeper = createLockKeeper(backend)
  const jobs = createBullStore(backend, undefined)
  return {
    kind: 'embedded',
    jobs,
    createAddress() {
      const port = engine.createPort()
      const locks = keeper.createPort()
      return { address: { type: 'embedded', engine: port, locks }, transfer: [port, locks] }
    },
    async close() {
      await keeper.close()
      await jobs.close()
      await engine.close()
      await release()
    },
  }
}

function createBackend(client: EngineClient): StoreBackend {
  return {
    create: createPatientBackend(createEnginePool(client)),
    // One line to the engine each; there is no server whose connections could run short.
    signals: {
      async publish(message) {
        await client.query('SELECT pg_notify($1, $2)', ['neemata_signals', message])
      },
      listen(listener) {
        const stop = client.onNotification(({ channel, payload }) => {
          if (channel === 'neemata_signals') listener(payload)
        })
        return Promise.resolve(stop)
      },
      close: () => Promise.resolve(client.close()),
    },
    // One process at a time has the store open.
    exclusive: (run) => run(),
  }
}
