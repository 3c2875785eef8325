import { EventEmitter } from 'node:events'

import type { PgNotification, PgPool, PgPoolClient, PgQueryResult } from 'bullmq'

import type { EngineClient } from './engine-client.ts'

/**
 * The engine in the shape of a connection pool of the `pg` driver, which BullMQ takes. All of its
 * "connections" are the one session of the engine.
 */
export function createEnginePool(client: EngineClient): PgPool {
  const emitter = new EventEmitter()
  const pool = {
    // There is no socket that could break unseen, so a worker may block for as long as it likes.
    options: { keepAlive: true },
    query: query(client),
    connect: () => Promise.resolve(new EnginePoolClient(client)),
    end: () => Promise.resolve(),
    on(event: 'error' | 'connect', listener: (value: never) => void) {
      emitter.on(event, listener as (value: unknown) => void)
      return pool
    },
    removeAllListeners(event?: string) {
      emitter.removeAllListeners(event)
      return pool
    },
  }
  return pool as unknown as PgPool
}

function query(client: EngineClient) {
  return <R>(text: string, params?: readonly unknown[]): Promise<PgQueryResult<R>> =>
    client.query(text, params)
}

/**
 * BullMQ reads, and only then begins to listen. What is announced in between would be lost, and a
 * waiter would sleep until its time-out; so it is kept and told to the next one who listens. At worst
 * somebody looks once for nothing.
 */
class EnginePoolClient extends EventEmitter implements PgPoolClient {
  readonly query: PgPoolClient['query']
  readonly #missed = new Map<string, PgNotification>()
  readonly #stop: () => void

  constructor(client: EngineClient) {
    super()
    this.setMaxListeners(0)
    this.query = query(client)
    this.#stop = client.onNotification((notification) => {
      if (this.emit('notification', notification)) return
      this.#missed.set(`${notification.channel} ${notification.payload}`, notification)
    })
    this.on('newListener', (event) => {
      if (event === 'notification' && this.#missed.size > 0) setImmediate(() => this.#replay())
    })
  }

  release(): void {
    this.#stop()
    this.removeAllListeners()
  }

  #replay(): void {
    if (this.listenerCount('notification') === 0) return
    const missed = [...this.#missed.values()]
    this.#missed.clear()
    for (const notification of missed) this.emit('notification', notification)
  }
}
