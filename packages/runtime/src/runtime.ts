import { createGateway, type Gateway, type Health } from '@neemata/gateway'

import type { AppContext } from './apps/app-context.ts'
import type { AppRegistry } from './apps/app-registry.ts'
import { createAppsClient } from './apps/apps-client.ts'
import { bindRuntimeToken } from './apps/bind-runtime-token.ts'
import { createAppContext } from './apps/create-app-context.ts'
import { LiveApps } from './apps/live-apps.ts'
import { type PreparedApp, prepareApp } from './apps/prepare-app.ts'
import { raiseApp } from './apps/raise-app.ts'
import { disposeApp } from './apps/retire-app.ts'
import { SharedNodes } from './apps/shared-nodes.ts'
import { type Commands, createCommands } from './commands/commands.ts'
import type { RuntimeConfig } from './config.ts'
import { Binder } from './container/binder.ts'
import { Container } from './container/container.ts'
import { createValues, type Values } from './container/values.ts'
import { checkRegistry } from './check-registry.ts'
import { NeemataError } from './errors/neemata-error.ts'
import type { AppHost } from './host/app-host.ts'
import { CombinedHost } from './host/combined-host.ts'
import { createPlacedRoutes } from './host/create-placed-routes.ts'
import { createTransports } from './host/create-transports.ts'
import { LocalHost } from './host/local-host.ts'
import { Jobs } from './jobs/jobs.ts'
import type { AppHooks } from './lifecycle/app-hooks.ts'
import { Hooks } from './lifecycle/hooks.ts'
import { Lifecycle } from './lifecycle/lifecycle.ts'
import { MomentRunner, stopHookTimeout } from './lifecycle/moment-runner.ts'
import type { Phase } from './lifecycle/moments.ts'
import type { ValueNode } from './container/node.ts'
import { createLogger } from './logging/create-logger.ts'
import type { CallServices } from './pipeline/call-services.ts'
import { planProcess, type ProcessPlan } from './process/plan-process.ts'
import { EventHub } from './pubsub/event-hub.ts'
import type { Registry, RegistryApp } from './registry.ts'
import type { RuntimeOptions } from './runtime-options.ts'
import { createEventConnector } from './stores/connect-events.ts'
import { settleWithin } from './time/settle-within.ts'
import { TimerWheel } from './time/timer-wheel.ts'
import type { Threads } from './workers/threads.ts'

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
  /** Runs the hooks of `stop:before`, which still serve; `stop` does so if this was not called. */
  prepareStop(): Promise<void>
  /**
   * Takes no more calls, lets the running ones finish for at most `timeout` ms (default: that of the
   * configuration), cuts off the rest, then releases all values. Never rejects; safe at any moment.
   */
  stop(options?: { readonly timeout?: number }): Promise<void>
  /** The apps that run in this thread. */
  readonly apps: AppRegistry
  readonly gateway: Gateway
  readonly commands: Commands
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
  readonly apps: LiveApps
  readonly gateway: Gateway
  readonly commands: Commands
  readonly hooks: Hooks = new Hooks()
  readonly container: Values
  readonly #registry: Registry
  readonly #config: RuntimeConfig
  readonly #contexts = new Map<string, AppContext>()
  readonly #services: CallServices
  readonly #binder: Binder
  readonly #root: Container
  readonly #events: EventHub
  readonly #jobs: Jobs
  readonly #shared: SharedNodes
  readonly #host: LocalHost
  /** All applications, those of worker threads included. */
  readonly #allApps: CombinedHost
  readonly #plan: ProcessPlan
  readonly #options: RuntimeOptions
  #threads: Threads | undefined
  readonly #lifecycle: Lifecycle
  readonly #moments: MomentRunner
  /** Apps whose modules are loaded, in the registry's order. */
  readonly #prepared = new Map<string, PreparedApp>()
  #state: 'idle' | 'initialized' | 'started' | 'stopping' | 'stopped' = 'idle'
  #initializing: Promise<void> | undefined
  #starting: Promise<void> | undefined
  #stopping: Promise<void> | undefined
  #leaving: Promise<void> | undefined

  constructor(registry: Registry, config: RuntimeConfig, options: RuntimeOptions) {
    this.#registry = registry
    this.#config = config
    this.#options = options
    const { role = 'all', worker, thread } = options
    const place = thread?.place
    this.#plan = planProcess({ registry, config, role, canThread: worker !== undefined, place })
    const logger = options.logger ?? createLogger(config.logging)
    const health = () => this.health()
    // Apps that are added later bring theirs.
    const appConfig = { ...config.apps }
    this.#host = new LocalHost({ apps: this.#contexts, config: appConfig, health })
    this.#allApps = new CombinedHost({ local: this.#host, health })
    this.#services = {
      mode: options.mode ?? 'production',
      logger,
      wheel: new TimerWheel(),
      callTimeout: config.limits.callTimeout,
      callsPerSession: config.limits.callsPerSession,
      apps: this.#contexts,
      elsewhere: this.#reachElsewhere(),
      createAppsClient,
    }
    this.commands = createCommands({ registry, apps: this.#contexts })
    this.#lifecycle = new Lifecycle(logger)
    this.#moments = new MomentRunner({ hooks: this.hooks, logger })
    this.#events = new EventHub({
      channel: thread?.events ?? crypto.randomUUID(),
      logger,
      connectBridge: createEventConnector(config.redis, logger),
    })
    const events: ValueNode = { type: 'value', level: 'runtime', value: this.#events }
    const { storeDirectory: directory } = options
    this.#jobs = new Jobs({ registry, config, apps: this.#contexts, logger, directory })
    const jobs: ValueNode = { type: 'value', level: 'runtime', value: this.#jobs.queue }
    this.#binder = new Binder({
      provisions: options.provide ?? [],
      // All else belongs to one application, or to one call.
      bindRuntimeToken(request) {
        if (request.key === 'pubsub') return events
        if (request.key === 'jobs') return jobs
        return request.key === 'logger' ? bindRuntimeToken(request, logger) : undefined
      },
    })
    this.#root = Container.createRoot({ logger })
    this.container = createValues(this.#binder, this.#root)
    this.#shared = new SharedNodes({ binder: this.#binder, container: this.#root })
    this.apps = new LiveApps({
      contexts: this.#contexts,
      config: appConfig,
      isRunning: () => this.#state === 'started',
      raise: (next) => raiseApp({ ...next, ...this.#appParts() }),
      publish: () => {
        this.#host.refresh()
        this.#jobs.engine?.refresh()
      },
      timeout: config.shutdown.timeout,
      logger,
    })
    this.gateway = createGateway({
      host: this.#allApps,
      transports: this.#plan.hasTransports ? createTransports(config) : [],
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

  prepareStop(): Promise<void> {
    return this.#leave(this.#config.shutdown.timeout)
  }

  stop({ timeout = this.#config.shutdown.timeout }: { timeout?: number } = {}): Promise<void> {
    this.#stopping ??= this.#stop(timeout)
    return this.#stopping
  }

  health(): Health {
    const threadsAreReady = this.#threads?.host.health().ready ?? true
    return {
      live: this.#state !== 'stopped',
      ready: this.#state === 'started' && threadsAreReady,
    }
  }

  describeStartup(): string {
    return this.#lifecycle.render()
  }

  async #initialize(): Promise<void> {
    await this.#prepareApps()
    await this.#runHooks('initialize:before')
    await this.#lifecycle.run({
      name: 'container',
      start: () => undefined,
      stop: async () => {
        for (const context of this.#contexts.values()) await disposeApp(context)
        await this.#root.dispose()
        await this.#events.stop()
      },
    })
    await this.#openStore()
    await this.#createApps()
    await this.#runHooks('container:ready')
    this.#host.refresh()
    this.#options.thread?.serve(this.#host, this.#services.logger)
    await this.#startThreads()
    await this.#runHooks('initialize:after')
    this.#state = 'initialized'
  }

  /** Before the apps, whose hooks may add jobs; a command opens it when it adds one. */
  async #openStore(): Promise<void> {
    if (!this.#jobs.isNeeded) return
    const { role, thread } = this.#options
    await this.#lifecycle.run({
      name: 'jobs store',
      start: async () => {
        const engine = await this.#jobs.load()
        if (role !== 'command') await engine.open(thread?.store)
      },
      stop: () => this.#jobs.engine?.close(),
    })
  }

  async #prepareApps(): Promise<void> {
    const apps = this.#ownApps()
    const prepared = await Promise.all(
      apps.map(async ([name, registry]) => [name, await prepareApp(name, registry)] as const),
    )
    for (const [name, app] of prepared) this.#prepared.set(name, app)
  }

  /** All at once; the slowest decides. Every one is waited for, so that none is left behind. */
  async #createApps(): Promise<void> {
    const apps = this.#ownApps()
    const results = await Promise.allSettled(
      apps.map(([name, registry]) =>
        this.#lifecycle.run({
          name: `app ${name}`,
          start: () =>
            createAppContext({
              name,
              registry,
              ...this.#appParts(),
              prepared: this.#prepared.get(name),
            }),
          stop: (context) => disposeApp(this.#contexts.get(name) ?? context),
        }),
      ),
    )
    for (const result of results) {
      if (result.status === 'rejected') throw result.reason
      this.#contexts.set(result.value.name, result.value)
    }
  }

  /** What every app is made with. */
  #appParts() {
    return {
      binder: this.#binder,
      container: this.#root,
      services: this.#services,
      shared: this.#shared,
    }
  }

  /** The apps that this thread loads. */
  #ownApps(): (readonly [string, RegistryApp])[] {
    const own = new Set(this.#plan.apps)
    return Object.entries(this.#registry.apps).filter(([name]) => own.has(name))
  }

  /** What applications of this thread call applications of other threads through. */
  #reachElsewhere(): AppHost | undefined {
    const { thread } = this.#options
    if (!thread) return this.#plan.slots.size > 0 ? this.#allApps : undefined
    const { apps } = this.#registry
    return thread.connect(createPlacedRoutes(this.#registry, Object.keys(apps), this.#config.apps))
  }

  async #startThreads(): Promise<void> {
    const { slots, poolThreads } = this.#plan
    const { worker } = this.#options
    if (!worker || slots.size + poolThreads.size === 0) return
    const { Threads } = await import('./workers/threads.ts')
    const threads = new Threads({
      entry: worker.entry,
      slots,
      pools: poolThreads,
      routes: createPlacedRoutes(this.#registry, slots.keys(), this.#config.apps),
      logger: this.#services.logger,
      createStoreAddress: this.#jobs.engine?.addresses,
      events: this.#events.channel,
      onGiveUp: worker.onGiveUp,
      policy: worker.restart,
    })
    this.#threads = threads
    this.#allApps.attach(threads.host)
    await this.#lifecycle.run({ name: 'threads', start: () => threads.start(this.#allApps) })
  }

  async #start(): Promise<void> {
    await this.#runHooks('start:before')
    await this.#lifecycle.run({ name: 'transports', start: () => this.gateway.start() })
    await this.#startJobs()
    this.#state = 'started'
    await this.#runHooks('start:after')
  }

  async #startJobs(): Promise<void> {
    const { engine } = this.#jobs
    if (!engine) return
    const { pools, hasScheduler } = this.#plan
    const start = async () => {
      await engine.startConsumers(pools)
      if (hasScheduler) await engine.startScheduler()
    }
    await this.#lifecycle.run({ name: 'jobs', start })
  }

  /** Runs a part of the start-up; if it fails, or the runtime was stopped meanwhile, takes all back. */
  async #rise(part: () => Promise<void>): Promise<void> {
    try {
      await part()
    } catch (error) {
      await this.#descend(() => 0, stopHookTimeout)
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

    await this.#descend(remaining, remaining())
  }

  /** Runs what must run while calls still come; once, whoever asks. */
  #leave(timeout: number): Promise<void> {
    this.#leaving ??= Promise.all([
      this.#tryHooks('stop:before', timeout),
      this.#threads?.leave(timeout),
    ]).then(() => undefined)
    return this.#leaving
  }

  /** Takes everything back that was reached, in reverse. */
  async #descend(remaining: () => number, hookTimeout: number): Promise<void> {
    await this.#leave(hookTimeout)
    this.#state = 'stopping'
    const exchanged = this.apps.stop(remaining())
    const jobsEnded = Promise.all([
      this.#jobs.engine?.stopConsumers(remaining()),
      this.#threads?.stopPools(remaining()),
    ])
    await this.gateway.stop({ timeout: remaining() })
    await jobsEnded
    await this.#threads?.stop(remaining())
    await this.#host.stop(remaining())
    await exchanged
    await this.#tryHooks('stop:after')
    await this.#tryHooks('dispose:before')
    await this.#lifecycle.stop()
    await this.#tryHooks('dispose:after')
    this.#state = 'stopped'
  }

  async #runHooks(phase: Phase): Promise<void> {
    if (this.#stopping) throw stoppedError()
    await this.#lifecycle.run({
      name: `hooks ${phase}`,
      start: () => this.#moments.rise(phase, this.#appHooks()),
    })
  }

  #tryHooks(phase: Phase, timeout?: number): Promise<void> {
    return this.#moments.fall(phase, this.#appHooks(), timeout)
  }

  /** In the registry's order; those of a replaced app are the replacement's. */
  #appHooks(): AppHooks[] {
    if (this.#contexts.size > 0) return [...this.#contexts.values()].map(({ hooks }) => hooks)
    return [...this.#prepared.values()].map(({ hooks }) => hooks)
  }
}

function stoppedError(): NeemataError {
  return new NeemataError('NM7402', 'The runtime was stopped; it can not start again.')
}
