import type { RuntimeConfig } from '../config.ts'
import type { Logger } from '../declare/logger.ts'
import { createLogger } from '../logging/create-logger.ts'
import type { LogDestination } from '../logging/log-destination.ts'
import type * as Pretty from '../logging/pretty.ts'
import type { Mode } from '../pipeline/call-services.ts'
import type { Registry } from '../registry.ts'
import { createRuntime, type Runtime } from '../runtime.ts'
import { describeBootFailure } from './describe-boot-failure.ts'
import { ProcessShutdown } from './process-shutdown.ts'

/** What a process runs; loaded late, so that a failure of it has somewhere to be reported. */
export interface ProcessParts {
  readonly registry: Registry
  readonly config: RuntimeConfig
}

export interface RunProcessOptions {
  /** `development`: readable log lines, and clients see the messages of unexpected errors. */
  readonly mode: Mode
  /** Default: standard output. */
  readonly logTo?: LogDestination
}

/**
 * Runs a whole server process, from loading its parts to its exit. Resolves when it answers.
 *
 * - SIGTERM or SIGINT drains and exits 0; a second one exits at once with 143 or 130.
 * - A failed boot is explained on standard error and exits 1.
 * - An uncaught exception or unhandled rejection is logged as fatal, drains and exits 1.
 */
export async function runProcess(
  load: () => ProcessParts | Promise<ProcessParts>,
  { mode, logTo }: RunProcessOptions,
): Promise<void> {
  const shutdown = new ProcessShutdown()
  try {
    const { registry, config } = await load()
    const destination = logTo ?? (mode === 'development' ? await loadPretty() : undefined)
    const logger = createLogger(config.logging, destination)
    const runtime = createRuntime(registry, config, { mode, logger })
    shutdown.attach({ runtime, logger, timeout: config.shutdown.timeout })
    await runtime.start()
    announce(runtime, logger)
  } catch (error) {
    // Stopped before it was ready: that is no failure, and the shutdown exits.
    if (shutdown.isStopping) return
    process.stderr.write(`${describeBootFailure(error)}\n`)
    process.exit(1)
  }
}

function announce(runtime: Runtime, logger: Logger): void {
  const urls = runtime.gateway.addresses().map(({ url }) => url)
  const apps = runtime.apps.list().map(({ name }) => name)
  // Counted from the start of the process, as the one who waits for it does.
  const readyInMs = Math.round(performance.now())
  logger.debug(`start-up:\n${runtime.describeStartup()}`)
  logger.info(
    { apps, readyInMs },
    urls.length > 0 ? `listening on ${urls.join(', ')}` : 'running, without a transport',
  )
}

/**
 * The readable log of development. Resolved at run time, so that a bundle, which is for production,
 * doesn't take it along; where it isn't installed the log stays JSON.
 */
async function loadPretty(): Promise<LogDestination | undefined> {
  try {
    const url = import.meta.resolve('@neemata/runtime/pretty')
    const { createPrettyDestination } = (await import(/* @vite-ignore */ url)) as typeof Pretty
    return createPrettyDestination()
  } catch {
    return undefined
  }
}
