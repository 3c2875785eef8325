import type { AppConfig } from '../config.ts'
import type { Logger } from '../declare/logger.ts'
import { NeemataError } from '../errors/neemata-error.ts'
import type { RegistryApp } from '../registry.ts'
import { settleWithin } from '../time/settle-within.ts'
import type { AppContext } from './app-context.ts'
import { type AppInfo, type AppRegistry, describeApp } from './app-registry.ts'
import { retireApp } from './retire-app.ts'

export interface NextApp {
  readonly name: string
  readonly registry: RegistryApp
  /** What it takes the place of. */
  readonly replaces?: AppContext | undefined
}

export interface LiveAppsOptions {
  /** The apps that can be called; changed here, read everywhere. */
  readonly contexts: Map<string, AppContext>
  /** By app; changed when one is added or removed. */
  readonly config: Record<string, AppConfig>
  /** Whether the runtime is up. */
  readonly isRunning: () => boolean
  /** Makes a context and takes it through the moments that the runtime has passed. */
  readonly raise: (next: NextApp) => Promise<AppContext>
  /** Called once `contexts` holds something else. */
  readonly publish: () => void
  /** Milliseconds that the calls of an app that goes have to end. */
  readonly timeout: number
  readonly logger: Logger
}

/** A change that was asked for while another one of the same app was under way. */
interface Waiting {
  readonly change: () => Promise<void>
  readonly done: Promise<void>
  readonly resolve: (value: Promise<void>) => void
}

/**
 * The apps of a runtime, exchanged while it runs. The changes of one app come one after the other; of
 * those that wait only the newest is made, and the others share its outcome. Apps don't wait for each
 * other.
 */
export class LiveApps implements AppRegistry {
  readonly #options: LiveAppsOptions
  readonly #running = new Map<string, Promise<void>>()
  readonly #waiting = new Map<string, Waiting>()
  readonly #retiring = new Set<Promise<void>>()
  readonly #cutOff: Promise<void>
  #cut: () => void = () => undefined
  #isStopping = false

  constructor(options: LiveAppsOptions) {
    this.#options = options
    this.#cutOff = new Promise((resolve) => (this.#cut = resolve))
  }

  get(name: string): AppInfo | undefined {
    const context = this.#options.contexts.get(name)
    return context && describeApp(context)
  }

  list(): readonly AppInfo[] {
    return [...this.#options.contexts.values()].map(describeApp)
  }

  replace(name: string, next: RegistryApp): Promise<void> {
    return this.#enqueue(name, async () => {
      const replaces = this.#options.contexts.get(name)
      if (!replaces) throw this.#unknown(name)
      await this.#exchange({ name, registry: next, replaces })
    })
  }

  add(name: string, app: RegistryApp, config: AppConfig): Promise<void> {
    return this.#enqueue(name, async () => {
      if (this.#options.contexts.has(name)) {
        throw new NeemataError('NM7105', `There is an app "${name}" already.`)
      }
      this.#options.config[name] = config
      try {
        await this.#exchange({ name, registry: app })
      } catch (error) {
        delete this.#options.config[name]
        throw error
      }
    })
  }

  async remove(name: string): Promise<void> {
    await this.#enqueue(name, async () => {
      const { contexts, config, publish } = this.#options
      const context = contexts.get(name)
      if (!context) throw this.#unknown(name)
      contexts.delete(name)
      delete config[name]
      publish()
      await this.#retire(context)
    })
  }

  /** Makes no more changes, and waits for what is under way; what goes is cut off after `timeout` ms. */
  async stop(timeout: number): Promise<void> {
    this.#isStopping = true
    const begun = performance.now()
    await settleWithin(Promise.allSettled(this.#running.values()), timeout)
    const remaining = Math.max(0, timeout - (performance.now() - begun))
    await settleWithin(Promise.all(this.#retiring), remaining)
    this.#cut()
    await Promise.all(this.#retiring)
  }

  async #exchange(next: NextApp): Promise<void> {
    const { contexts, raise, publish, logger } = this.#options
    const context = await raise(next)
    if (this.#isStopping) {
      await retireApp({ context, deadline: this.#cutOff })
      throw stoppedError()
    }
    contexts.set(next.name, context)
    publish()
    if (next.replaces) void this.#retire(next.replaces)
    logger.debug({ app: next.name }, next.replaces ? 'app replaced' : 'app added')
  }

  #retire(context: AppContext): Promise<void> {
    let timer: NodeJS.Timeout | undefined
    const timeUp = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, this.#options.timeout).unref()
    })
    const deadline = Promise.race([timeUp, this.#cutOff])
    const retiring = retireApp({ context, deadline }).finally(() => {
      clearTimeout(timer)
      this.#retiring.delete(retiring)
    })
    this.#retiring.add(retiring)
    return retiring
  }

  #enqueue(name: string, change: () => Promise<void>): Promise<void> {
    if (this.#isStopping || !this.#options.isRunning()) return Promise.reject(stoppedError())
    if (!this.#running.has(name)) return this.#run(name, change)
    const superseded = this.#waiting.get(name)
    let resolve: Waiting['resolve'] = () => undefined
    const done = new Promise<void>((settle) => (resolve = settle))
    superseded?.resolve(done)
    this.#waiting.set(name, { change, done, resolve })
    return done
  }

  #run(name: string, change: () => Promise<void>): Promise<void> {
    const running = change().finally(() => {
      this.#running.delete(name)
      const next = this.#waiting.get(name)
      if (!next) return
      this.#waiting.delete(name)
      next.resolve(this.#isStopping ? Promise.reject(stoppedError()) : this.#run(name, next.change))
    })
    this.#running.set(name, running)
    return running
  }

  #unknown(name: string): NeemataError {
    const names = [...this.#options.contexts.keys()].join(', ')
    return new NeemataError('NM7103', `There is no app "${name}". There are: ${names}.`)
  }
}

function stoppedError(): NeemataError {
  return new NeemataError('NM7404', 'The runtime does not run, so its apps can not be exchanged.')
}
