import type { RuntimeConfig } from '../config.ts'
import type { Logger } from '../declare/logger.ts'
import { NeemataError } from '../errors/neemata-error.ts'
import { createLogger } from '../logging/create-logger.ts'
import type { LogDestination } from '../logging/log-destination.ts'
import type { Mode } from '../pipeline/call-services.ts'
import type { Registry } from '../registry.ts'
import { createRuntime, type Runtime } from '../runtime.ts'
import type { RestartPolicy } from '../workers/restart-policy.ts'
import { describeBootFailure } from './describe-boot-failure.ts'
import { loadPretty } from './load-pretty.ts'
import { parseRole, usage } from './parse-role.ts'
import { ProcessShutdown } from './process-shutdown.ts'
import type { Role } from './role.ts'

/** What a process runs; loaded late, so that a failure of it has somewhere to be reported. */
export interface ProcessParts {
  readonly registry: Registry
  readonly config: RuntimeConfig
}

export interface RunProcessOptions {
  /** `development`: readable log lines, and clients see the messages of unexpected errors. */
  readonly mode: Mode
  /** Which part of the system to run. Default: what `--role` says, in production; else `all`. */
  readonly role?: Role | undefined
  /** The entry of worker threads, a module that calls `runWorker`. Without it there are none. */
  readonly worker?: URL | undefined
  /** How worker threads that die are replaced. */
  readonly restart?: RestartPolicy | undefined
  /** Default: standard output. */
  readonly logTo?: LogDestination
}

/**
 * Runs a whole server process, from loading its parts to its exit. Resolves with the runtime when it answers, or with
 * nothing if it was stopped before.
 *
 * - SIGTERM or SIGINT drains and exits 0; a second one exits at once with 143 or 130.
 * - A command line that says something else than a role exits 2.
 * - A failed boot is explained on standard error and exits 1.
 * - An uncaught exception or unhandled rejection is logged as fatal, drains and exits 1.
 * - So does a worker thread that died too often.
 */
export async function runProcess(
  load: () => ProcessParts | Promise<ProcessParts>,
  { mode, logTo, worker, restart, ...options }: RunProcessOptions,
): Promise<Runtime | undefined> {
  const role = options.role ?? (mode === 'production' ? readRole() : 'all')
  const shutdown = new ProcessShutdown()
  try {
    const { registry, config } = await load()
    const destination = logTo ?? (mode === 'development' ? await loadPretty() : undefined)
    const logger = createLogger(config.logging, destination)
    assertRole(role, config)
    const runtime = createRuntime(registry, config, {
      mode,
      logger,
      role,
      worker: worker && {
        entry: worker,
        restart,
        onGiveUp: (error) => shutdown.fail(error),
      },
    })
    shutdown.attach({ runtime, logger, timeout: config.shutdown.timeout })
    await runtime.start()
    announce(runtime, { registry, role, logger })
    return runtime
  } catch (error) {
    // Stopped before it was ready: that is no failure, and the shutdown exits.
    if (shutdown.isStopping) return undefined
    process.stderr.write(`${describeBootFailure(error)}\n`)
    process.exit(1)
  }
}

/** The role that the command line asks for; ends the process if that is none. */
function readRole(): Role {
  const parsed = parseRole(process.argv.slice(2))
  switch (parsed.type) {
    case 'role':
      return parsed.role
    case 'help':
      process.stdout.write(`${usage}\n`)
      return process.exit(0)
    case 'mistake':
      process.stderr.write(`${parsed.message}\n\n${usage}\n`)
      return process.exit(2)
    default:
      return parsed satisfies never
  }
}

/** @throws NeemataError NM7501 */
function assertRole(role: Role, config: RuntimeConfig): void {
  if (role === 'all' || config.redis.url !== undefined) return
  throw new NeemataError('NM7501', `The role "${role}" needs Redis, and none is configured.`)
}

interface Announcement {
  readonly registry: Registry
  readonly role: Role
  readonly logger: Logger
}

function announce(runtime: Runtime, { registry, role, logger }: Announcement): void {
  const urls = runtime.gateway.addresses().map(({ url }) => url)
  const apps = Object.keys(registry.apps)
  // Counted from the start of the process, as the one who waits for it does.
  const readyInMs = Math.round(performance.now())
  logger.debug(`start-up:\n${runtime.describeStartup()}`)
  logger.info(
    { apps, role, readyInMs },
    urls.length > 0 ? `listening on ${urls.join(', ')}` : 'running, without a transport',
  )
}
