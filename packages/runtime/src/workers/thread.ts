import { Worker } from 'node:worker_threads'

import type { RouteTable, WireError } from '@neemata/gateway'

import type { Logger } from '../declare/logger.ts'
import type { AppHost } from '../host/app-host.ts'
import { settleWithin } from '../time/settle-within.ts'
import type { AddressedStore } from '../stores/store.ts'
import type { FromWorker } from './from-worker.ts'
import { HostClient } from './host-client.ts'
import { HostServer } from './host-server.ts'
import { restoreThreadFailure } from './thread-failure.ts'
import { describePlace, type ThreadData, type ThreadPlace } from './thread-place.ts'
import type { ToWorker } from './to-worker.ts'

/** How long a thread may take to release its values once its calls were cut off, in ms. */
const releaseTime = 5_000

export interface ThreadOptions {
  readonly place: ThreadPlace
  /** The entry of worker threads. */
  readonly entry: URL
  readonly store: AddressedStore | undefined
  /** The channel of the process's events. */
  readonly events: string
  /** What the thread's applications can call. */
  readonly host: AppHost
  /** What the thread answers. */
  readonly routes: RouteTable
  readonly logger: Logger
}

/**
 * One worker thread. *Starting* until it says `ready`, or `failed`; *ready* until it is told to stop or
 * dies; *ended* when it is gone. A thread never starts again: its place gets another one.
 */
export class Thread {
  /** Resolves when calls may come; rejects if the thread ends before. */
  readonly ready: Promise<void>
  /** Resolves when it is gone, to the reason. */
  readonly ended: Promise<Error>
  /** The thread's applications. */
  readonly client: HostClient
  readonly #worker: Worker
  readonly #server: HostServer
  #failure: Error | undefined
  #isReady = false
  #hasEnded = false
  #becameReady: () => void = () => undefined
  #isLeaving: () => void = () => undefined

  constructor(options: ThreadOptions) {
    const { place, store, events, host, routes, logger } = options
    this.#worker = new Worker(options.entry, {
      name: describePlace(place),
      workerData: { place, store: store?.address, events } satisfies ThreadData,
      transferList: [...(store?.transfer ?? [])],
    })
    this.client = new HostClient({ post: (request) => this.#post(request), routes })
    this.#server = new HostServer({ host, logger, post: (reply) => this.#post(reply) })
    this.ended = new Promise((resolve) => {
      this.#worker.on('exit', (code) => resolve(this.#end(code)))
    })
    this.ready = new Promise((resolve, reject) => {
      this.#becameReady = resolve
      void this.ended.then(reject)
    })
    // Whoever waits for it learns of a failure; that nobody does is no mistake.
    this.ready.catch(() => undefined)
    this.#worker.on('message', (message: FromWorker) => this.#receive(message))
    this.#worker.on('error', (error) => (this.#failure ??= error))
    this.#worker.on('messageerror', (error) => (this.#failure ??= error))
  }

  get isReady(): boolean {
    return this.#isReady && !this.#hasEnded
  }

  /** Lets it run the hooks that still serve; resolves when they have run, or after `timeout` ms. */
  async leave(timeout: number): Promise<void> {
    if (!this.isReady) return
    const leaving = new Promise<void>((resolve) => (this.#isLeaving = resolve))
    this.#post({ type: 'leave' })
    await settleWithin(Promise.race([leaving, this.ended]), timeout)
  }

  /** Lets what runs finish for at most `timeout` ms; then it is cut off. */
  async stop(timeout: number): Promise<void> {
    if (this.#hasEnded) return
    if (this.#isReady) {
      this.#post({ type: 'stop', timeout })
      await settleWithin(this.ended, timeout + releaseTime)
    }
    if (!this.#hasEnded) await this.#worker.terminate()
    await this.ended
  }

  #receive(message: FromWorker): void {
    switch (message.type) {
      case 'ready':
        this.#isReady = true
        return this.#becameReady()
      case 'failed':
        this.#failure = restoreThreadFailure(message.failure)
        return
      case 'leaving':
        return this.#isLeaving()
      case 'value':
      case 'error':
      case 'stream':
      case 'items':
      case 'streamEnd':
        return this.client.receive(message)
      case 'open':
      case 'call':
      case 'cancel':
      case 'close':
      case 'credit':
      case 'leaveStream':
        return this.#server.receive(message)
      default:
        return message satisfies never
    }
  }

  #post(message: ToWorker): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has none
    this.#worker.postMessage(message)
  }

  #end(code: number): Error {
    this.#hasEnded = true
    this.client.disconnect(unavailable)
    this.#server.disconnect()
    return this.#failure ?? new Error(`The thread ended with exit code ${code}.`)
  }
}

/** What calls are told whose thread is gone. */
export const unavailable: WireError = {
  code: 'unavailable',
  message: 'The application is not available at the moment; try again.',
}
