// A small server whose behaviour a test chooses by environment variables.
import { defineInjectable, defineProcedure } from '@neemata/application'

import { readEnvironment, runProcess } from '../../src/index.ts'
import { createTestConfig, createTestRegistry } from '../create-test-system.ts'

/** What users' code may well leave open. */
setInterval(() => {}, 1_000)

const say = (text: string): void => void process.stdout.write(`${text}\n`)

const db = defineInjectable({
  name: 'db',
  create: () => {
    if (process.env['DB'] === 'down') throw new Error('connection refused')
    return 'db'
  },
  dispose: () => {
    say('db disposed')
    return process.env['DB'] === 'hangs' ? new Promise<void>(() => {}) : undefined
  },
})

const procedures = {
  ping: defineProcedure({ dependencies: { db }, handler: () => 'pong' }),
  slow: defineProcedure({
    handler: async () => {
      say('slow began')
      await new Promise((resolve) => process.once('SIGTERM', resolve))
      await new Promise((resolve) => setImmediate(resolve))
      return 'slow done'
    },
  }),
  hang: defineProcedure({
    handler: () => {
      say('hang began')
      return new Promise(() => {})
    },
  }),
  crash: defineProcedure({
    handler: () => {
      setImmediate(() => {
        throw new Error('a bug of the user')
      })
    },
  }),
  reject: defineProcedure({
    handler: () => {
      void Promise.reject(new Error('nobody cares'))
    },
  }),
}

await runProcess(
  () => {
    const { port, timeout } = readEnvironment({
      port: { name: 'PORT', type: 'port', default: 0, optional: false },
      timeout: { name: 'SHUTDOWN', type: 'number', default: 10_000, optional: false },
    })
    if (process.env['LOAD'] === 'fails') throw new TypeError('the module is broken')
    const config = createTestConfig(['app', 'other'])
    return {
      registry: createTestRegistry({ app: { procedures }, other: { procedures: {} } }),
      config: {
        ...config,
        transports: { http: { type: 'http', host: '127.0.0.1', port, cors: false } },
        shutdown: { timeout },
      },
    }
  },
  { mode: 'production' },
)
