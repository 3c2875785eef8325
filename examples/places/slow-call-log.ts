import { defineMiddleware, inject } from 'neemata'

/** Milliseconds; everything here is a look-up in memory. */
const slow = 50

export const slowCallLog = defineMiddleware({
  dependencies: { logger: inject.logger('calls') },
  async handler({ logger }, { id, procedure }, next) {
    const started = performance.now()
    try {
      return await next()
    } finally {
      const milliseconds = Math.round(performance.now() - started)
      if (milliseconds > slow) logger.warn({ id, procedure, milliseconds }, 'A call was slow')
    }
  },
})
