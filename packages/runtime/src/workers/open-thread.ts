import { parentPort, workerData } from 'node:worker_threads'

import type { RouteTable } from '@neemata/gateway'

import type { Logger } from '../declare/logger.ts'
import { NeemataError } from '../errors/neemata-error.ts'
import type { AppHost } from '../host/app-host.ts'
import type { FromWorker } from './from-worker.ts'
import { HostClient } from './host-client.ts'
import { HostServer } from './host-server.ts'
import { describeThreadFailure } from './thread-failure.ts'
import type { ThreadData } from './thread-place.ts'
import type { ThreadPort } from './thread-port.ts'
import type { ToWorker } from './to-worker.ts'

/** What the main thread may ask of a thread besides calls. */
export interface ThreadOrders {
  /** Runs what must run while calls still come. */
  leave(): Promise<void>
  /** Ends the thread; never returns. */
  stop(timeout: number): Promise<void>
}

/** The worker thread's side of its port. */
export interface OpenThread {
  readonly port: ThreadPort
  /** Tells the main thread that calls may come, and takes its orders from now on. */
  ready(orders: ThreadOrders): void
  /** Tells the main thread why this one can't start. */
  fail(error: unknown): void
}

/**
 * Opens the port of the worker thread that this runs in.
 * @throws NeemataError NM7503 in a thread that a server process did not make
 */
export function openThread(): OpenThread {
  const port = parentPort
  const data = workerData as ThreadData | null
  if (!port || !data?.place) {
    throw new NeemataError('NM7503', 'The worker entry was started by itself.')
  }
  const post = (message: FromWorker) => port.postMessage(message)
  const link: Link = {}
  port.on('message', (message: ToWorker) => receive(link, message, post))

  return {
    port: {
      place: data.place,
      store: data.store,
      events: data.events,
      connect(routes: RouteTable): AppHost {
        link.client = new HostClient({ post, routes })
        return link.client
      },
      serve(host: AppHost, logger: Logger): void {
        link.server = new HostServer({ host, logger, post })
      },
    },
    ready(orders) {
      link.orders = orders
      post({ type: 'ready' })
    },
    fail: (error) => post({ type: 'failed', failure: describeThreadFailure(error) }),
  }
}

interface Link {
  client?: HostClient
  server?: HostServer
  orders?: ThreadOrders
}

function receive(link: Link, message: ToWorker, post: (message: FromWorker) => void): void {
  switch (message.type) {
    case 'leave':
      void link.orders?.leave().then(() => post({ type: 'leaving' }))
      return
    case 'stop':
      void link.orders?.stop(message.timeout)
      return
    case 'value':
    case 'error':
    case 'stream':
    case 'items':
    case 'streamEnd':
      return link.client?.receive(message)
    case 'open':
    case 'call':
    case 'cancel':
    case 'close':
    case 'credit':
    case 'leaveStream':
      return link.server?.receive(message)
    default:
      return message satisfies never
  }
}
