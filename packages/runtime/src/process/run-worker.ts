import { createLogger } from '../logging/create-logger.ts'
import type { Mode } from '../pipeline/call-services.ts'
import { createRuntime } from '../runtime.ts'
import type { ThreadPlace } from '../workers/thread-place.ts'
import { loadPretty } from './load-pretty.ts'
import type { ProcessParts } from './run-process.ts'

export interface RunWorkerOptions {
  /** As in `runProcess`. */
  readonly mode: Mode
}

/**
 * Runs a worker thread of a server process, which says by itself what the thread is for: the same parts
 * as the process, limited to the applications of one slot or the jobs of one pool, with the same
 * lifecycle and no transports. Resolves when calls may come.
 *
 * What can't be started is told to the main thread. An uncaught exception ends the thread, which the
 * main thread then replaces.
 * @throws NeemataError NM7503 outside of such a thread
 */
export async function runWorker(
  load: () => ProcessParts | Promise<ProcessParts>,
  { mode }: RunWorkerOptions,
): Promise<void> {
  const { openThread } = await import('../workers/open-thread.ts')
  const thread = openThread()
  try {
    const { registry, config } = await load()
    const destination = mode === 'development' ? await loadPretty() : undefined
    const logger = createLogger(config.logging, destination).child(
      describeThread(thread.port.place),
    )
    const runtime = createRuntime(registry, config, { mode, logger, thread: thread.port })
    await runtime.start()
    thread.ready({
      leave: () => runtime.prepareStop(),
      async stop(timeout) {
        await runtime.stop({ timeout })
        // In a worker thread this ends the thread alone, whatever users' code left open.
        process.exit(0)
      },
    })
  } catch (error) {
    thread.fail(error)
    process.exit(1)
  }
}

/** What every line of the thread's log carries. */
function describeThread(place: ThreadPlace): Record<string, unknown> {
  if (place.kind === 'slot') return { slot: place.slot }
  return { pool: place.pool, thread: place.index }
}
