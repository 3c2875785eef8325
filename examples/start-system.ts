import { createRuntime } from 'neemata/runtime'

import { config } from '../generated/config.ts'
import { registry } from '../generated/registry.ts'

export interface Answer {
  readonly status: number
  readonly body: unknown
}

/** Both applications behind one gateway, for a test. */
export interface System {
  readonly url: string
  /** Calls a procedure: `call('places/get', { id })`. */
  call(procedure: string, input?: unknown, token?: string): Promise<Answer>
  stop(): Promise<void>
}

/** Starts the system that `neemata.config.ts` describes, on a free port and without a log. */
export async function startSystem(): Promise<System> {
  const runtime = createRuntime(registry, {
    ...config,
    apps: Object.fromEntries(
      Object.entries(config.apps).map(([name, app]) => [
        name,
        { ...app, transports: ['http', 'ws'] },
      ]),
    ),
    transports: {
      http: { type: 'http', host: '127.0.0.1', port: 0, cors: false },
      ws: { type: 'ws', listen: 'http', path: '/ws' },
    },
    logging: { level: 'silent' },
  })
  await runtime.initialize()
  await runtime.start()
  const [address] = runtime.gateway.addresses()
  if (address === undefined) throw new Error('The gateway listens nowhere.')

  return {
    url: address.url,
    async call(procedure, input, token) {
      const response = await fetch(new URL(procedure, address.url), {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(token && { authorization: `Bearer ${token}` }),
        },
        ...(input !== undefined && { body: JSON.stringify(input) }),
      })
      return { status: response.status, body: await response.json() }
    },
    stop: () => runtime.stop(),
  }
}
