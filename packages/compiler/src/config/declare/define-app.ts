import type { ApiApp, WorkerApp } from './runtime-options.ts'

/**
 * Describes one app: which application it runs, how it is reached and where it runs. Returns the
 * object that it was given; the same object may be written without it.
 *
 * @example
 * shop: defineApp({ application: './apps/shop/index.ts', transports: ['http'] })
 */
export function defineApp(app: ApiApp | WorkerApp): ApiApp | WorkerApp {
  return app
}
