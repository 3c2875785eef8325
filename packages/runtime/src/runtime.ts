import { createGateway, createHttpTransport, type Gateway, type Health } from '@neemata/gateway'

import type { AppContext } from './apps/app-context.ts'
import { type AppRegistry, createAppRegistry } from './apps/app-registry.ts'
import { createAppsClient } from './apps/apps-client.ts'
import { bindRuntimeToken } from './apps/bind-runtime-token.ts'
import { createAppContext } from './apps/create-app-context.ts'
import type { RuntimeConfig } from './config.ts'
import { Binder } from './container/binder.ts'
import { Container } from './container/container.ts'
import { createValues, type Values } from './container/values.ts'
import { checkRegistry } from './check-registry.ts'
import { NeemataError } from './errors/neemata-error.ts'
import { LocalHost } from './host/local-host.ts'
import { Hooks, type Phase } from './lifecycle/hooks.ts'
import { Lifecycle } from './lifecycle/lifecycle.ts'
import { createLogger } from './logging/create-logger.ts'
import type { CallServices } from './pipeline/call-services.ts'
import type { Registry } from './registry.ts'
import type { RuntimeOptions } from './runtime-options.ts'
import { settleWithin } from './time/settle-within.ts'
import { TimerWheel } from './time/timer-wheel.ts'

/** How long the hooks of one phase may take once the calls have ended, in ms. */
const hookTimeout = 5_000

/** Everything that a process runs, behind one surface. */
export interface Runtime {
  /**
   * Loads the applications and creates their global values; nothing is reachable yet. Called again, it
   * gives the same promise. On a failure everything is released before it rejects.
   * @throws NeemataError that names the culprit
   */
  initialize(): Promise<void>
  /** Initializes if that was not done, then opens the gateway. Otherwise like `initialize`. */
  start(): Promise<void>
  /**
   * Takes no more calls, lets the running ones finish for at most `timeout` ms (default: that of the
   * configuration), cuts off the rest, then releases all values. Never rejects; safe at any moment.
   */
  stop(options?: { readonly timeout?: number }): Promise<void>
  readonly apps: AppRegistry
  readonly gateway: Gateway
  readonly hooks: Hooks
  /** The global values that the applications share. */
  readonly container: Values
  /** Whether the process is alive and whether it should be sent traffic, as `/readyz` says. */
  health(): Health
  /** What was started, with times, one line each. */
  describeStartup(): string
}

/**
 * Makes the runtime of a process; starts nothing.
 * @throws NeemataError NM7001 or NM7002 if registry and configuration don't fit
 */
export function createRuntime(
  registry: Registry,
  config: RuntimeConfig,
  options: RuntimeOptions = {},
): Runtime {
  checkRegistry(registry, config)
  return new NeemataRuntime(registry, config, options)
}

/**
 * *idle* → *initialized* → *started* → *stopping* → *stopped*; a failure on the way up leads straight to
 * *stopped*. Each transition is one promise, made on the first request for it.
 */
class NeemataRuntime implements Runtime {
  readonly apps: AppRegistry
  readonly gateway: Gateway
  readonly hooks: Hooks = new Hooks()
  readonly container: Values
  readonly #registry: Registry
  readonly #config: RuntimeConfig
  readonly #contexts = new Map<string, AppContext>()
  readonly #services: CallServices
  readonly #binder: Binder
  readonly #root: Container
  readonly #host: LocalHost
  readonly #lifecycle: Lifecycle
  #state: 'idle' | 'initialized' | 'started' | 'stopping' | 'stopped' = 'idle'
  #initializing: Promise<void> | undefined
  #starting: Promise<void> | undefined
  #stopping: Promise<void> | undefined

  constructor(registry: Registry, config: RuntimeConfig, options: RuntimeOptions) {
    this.#registry = registry
    this.#config = config
    const logger = options.logger ?? createLogger(config.logging)
    this.#services = {
      mode: options.mode ?? 'production',
      logger,
      wheel: new TimerWheel(),
      callTimeout: config.limits.callTimeout,
      callsPerSession: config.limits.callsPerSession,
      apps: this.#contexts,
      createAppsClient,
    }
    this.#lifecycle = new Lifecycle(logger)
    this.#binder = new Binder({
      provisions: options.provide ?? [],
      // All else belongs to one application, or to one call.
      bindRuntimeToken: (request) =>
        request.key === 'logger' ? bindRuntimeToken(request, logger) : undefined,
    })
    this.#root = Container.createRoot({ logger })
    this.container = createValues(this.#binder, this.#root)
    this.apps = createAppRegistry(this.#contexts)
    this.#host = new LocalHost({
      apps: this.#contexts,
      config: config.apps,
      health: () => this.health(),
    })
    this.gateway = createGateway({
      host: this.#host,
      transports: Object.entries(config.transports).map(([name, transport]) =>
        createHttpTransport(name, transport),
      ),
      limits: config.limits,
      logger,
    })
  }

  initialize(): Promise<void> {
    if (this.#stopping) return Promise.reject(stoppedError())
    this.#initializing ??= this.#rise(() => this.#initialize())
    return this.#initializing
  }

  start(): Promise<void> {
    if (this.#stopping) return Promise.reject(stoppedError())
    this.#starting ??= this.initialize().then(() => this.#rise(() => this.#start()))
    return this.#starting
  }

  stop({ timeout = this.#config.shutdown.timeout }: { timeout?: number } = {}): Promise<void> {
    this.#stopping ??= this.#stop(timeout)
    return this.#stopping
  }

  health(): Health {
    return { live: this.#state !== 'stopped', ready: this.#state === 'started' }
  }

  describeStartup(): string {
    return this.#lifecycle.render()
  }

  async #initialize(): Promise<void> {
    await this.#runHooks('initialize:before')
    await this.#lifecycle.run({
      name: 'container',
      start: () => undefined,
      stop: () => this.#root.dispose(),
    })
    await this.#createApps()
    await this.#runHooks('container:ready')
    this.#host.refresh()
    await this.#runHooks('initialize:after')
    this.#state = 'initialized'
  }

  /** All at once; the slowest decides. Every one is waited for, so that none is left behind. */
  async #createApps(): Promise<void> {
    const apps = Object.entries(this.#registry.apps)
    const results = await Promise.allSettled(
      apps.map(([name, registry]) =>
        this.#lifecycle.run({
          name: `app ${name}`,
          start: () =>
            createAppContext({
              name,
              registry,
              binder: this.#binder,
              container: this.#root,
              services: this.#services,
            }),
          stop: ({ container }) => container.dispose(),
        }),
      ),
    )
    for (const result of results) {
      if (result.status === 'rejected') throw result.reason
      this.#contexts.set(result.value.name, result.value)
    }
  }

  async #start(): Promise<void> {
    await this.#runHooks('start:before')
    await this.#lifecycle.run({ name: 'transports', start: () => this.gateway.start() })
    this.#state = 'started'
    await this.#runHooks('start:after')
  }

  /** Runs a part of the start-up; if it fails, or the runtime was stopped meanwhile, takes all back. */
  async #rise(part: () => Promise<void>): Promise<void> {
    try {
      await part()
    } catch (error) {
      this.#state = 'stopping'
      await this.gateway.stop({ timeout: 0 })
      await this.#host.stop(0)
      await this.#lifecycle.stop()
      this.#state = 'stopped'
      throw error
    }
  }

  async #stop(timeout: number): Promise<void> {
    const deadline = performance.now() + timeout
    const remaining = () => Math.max(0, deadline - performance.now())
    const rising = this.#starting ?? this.#initializing
    // Who called `start` learns of its failure; here only its end matters.
    if (rising)
      await settleWithin(
        rising.catch(() => undefined),
        timeout,
      )
    if (this.#state === 'stopped') return

    await this.#tryHooks('stop:before', remaining())
    this.#state = 'stopping'
    await this.gateway.stop({ timeout: remaining() })
    await this.#host.stop(remaining())
    await this.#tryHooks('stop:after')
    await this.#tryHooks('dispose:before')
    await this.#lifecycle.stop()
    await this.#tryHooks('dispose:after')
    this.#state = 'stopped'
  }

  async #runHooks(phase: Phase): Promise<void> {
    if (this.#stopping) throw stoppedError()
    await this.#lifecycle.run({ name: `hooks ${phase}`, start: () => this.hooks.run(phase) })
  }

  /** On the way down a failure is logged, and the rest follows. */
  async #tryHooks(phase: Phase, timeout: number = hookTimeout): Promise<void> {
    const { logger } = this.#services
    try {
      if (await settleWithin(this.hooks.run(phase), timeout)) return
      logger.error({ phase, timeout }, 'a hook of the shutdown takes too long, going on without it')
    } catch (err) {
      logger.error({ err, phase }, 'a hook of the shutdown failed')
    }
  }
}

function stoppedError(): NeemataError {
  return new NeemataError('NM7402', 'The runtime was stopped; it can not start again.')
}
