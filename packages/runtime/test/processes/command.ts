// The process of a command, with commands that behave as a test needs it.
import {
  defineApplication,
  defineHook,
  defineInjectable,
  defineProcedure,
} from '@neemata/application'
import { z } from 'zod'

import { defineCommand } from '../../src/declare/command.ts'
import type { UntypedApps } from '../../src/declare/register.ts'
import { inject } from '../../src/declare/inject.ts'
import { runCommand } from '../../src/index.ts'
import { createTestConfig, createTestRegistry } from '../create-test-system.ts'

const say = (text: string): void => void process.stdout.write(`${text}\n`)

/** What users' code may well leave open. */
setInterval(() => {}, 1_000)

const db = defineInjectable({
  name: 'db',
  create: async () => 'db',
  dispose: () => say('db disposed'),
})

const greet = defineCommand({
  description: 'Greets somebody.',
  args: z.tuple([z.string().min(2).meta({ title: 'name', description: 'Who.' })]).rest(z.number()),
  options: z.object({
    times: z.number().int().positive().default(1).describe('How often.'),
    loud: z.boolean().optional(),
    dryRun: z.boolean().optional(),
    tag: z.array(z.string()).optional(),
    mood: z.enum(['good', 'bad']).optional(),
  }),
  dependencies: { db, apps: inject.apps, logger: inject.logger },
  async handler({ db, apps, logger }, { args, options }) {
    logger.info('greeting')
    const pong = await (apps as unknown as UntypedApps)['other']?.['ping']?.()
    return { args, options, db, pong }
  },
})

const commands = {
  greet,
  text: defineCommand({ handler: () => 'plain text' }),
  nothing: defineCommand({ handler: () => undefined }),
  fails: defineCommand({
    dependencies: { db },
    handler: () => {
      throw new Error('a bug of the user')
    },
  }),
  waits: defineCommand({
    dependencies: { db, signal: inject.signal },
    async handler({ signal }) {
      say('waits began')
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
      say('waits ended')
    },
  }),
  slow: defineCommand({
    timeout: 20,
    dependencies: { db, signal: inject.signal },
    async handler({ signal }) {
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
      say('slow ended')
    },
  }),
}

const application = defineApplication({
  hooks: [
    defineHook('start:after', { handler: () => void process.stderr.write('started\n') }),
    defineHook('dispose:after', { handler: () => say('disposed') }),
  ],
})

await runCommand(
  () => {
    if (process.env['LOAD'] === 'fails') throw new TypeError('the module is broken')
    return {
      registry: createTestRegistry({
        app: { application, procedures: {}, commands },
        other: { procedures: { ping: defineProcedure({ handler: () => 'pong' }) } },
      }),
      config: createTestConfig(['app', 'other']),
    }
  },
  process.argv.slice(2),
  { mode: 'production', program: 'run' },
)
