import { defineInjectable, defineProcedure } from '@neemata/application'
import type { Connection } from '@neemata/gateway'
import { expectTypeOf, test } from 'vitest'

import { inject, type Logger } from './index.ts'

test('types what the runtime provides', () => {
  defineProcedure({
    dependencies: {
      signal: inject.signal,
      bare: inject.logger,
      labelled: inject.logger('orders'),
      connection: inject.connection,
    },
    handler(context) {
      expectTypeOf(context.signal).toEqualTypeOf<AbortSignal>()
      expectTypeOf(context.bare).toEqualTypeOf<Logger>()
      expectTypeOf(context.labelled).toEqualTypeOf<Logger>()
      expectTypeOf(context.connection).toEqualTypeOf<Connection>()
    },
  })
})

test('refuses a call in a value that outlives it', () => {
  defineInjectable({
    scope: 'connection',
    // @ts-expect-error: a signal lives as long as one call
    dependencies: { signal: inject.signal },
    create: () => 1,
  })
  defineInjectable({
    // @ts-expect-error: a connection lives shorter than the process
    dependencies: { connection: inject.connection },
    create: () => 1,
  })
  defineInjectable({ dependencies: { logger: inject.logger }, create: () => 1 })
})
