import type { MaybePromise } from '@neemata/application'

import type { Logger } from '../declare/logger.ts'
import { NeemataError } from '../errors/neemata-error.ts'
import { isThenable } from '../time/is-thenable.ts'
import { settleWithin } from '../time/settle-within.ts'
import { blame } from './blame.ts'
import type { CallFrame, SessionFrame } from './frame.ts'
import type { FactoryNode, Level, NamedNode, Node } from './node.ts'

/** How long one `dispose` may take, in ms, before the next one goes ahead. */
export const disposeTimeout = 5_000

export interface ContainerOptions {
  readonly logger: Logger
  /** Longest wait for one `dispose`, in ms. Default: 5000. */
  readonly disposeTimeout?: number
}

interface Links {
  readonly level: Level
  readonly runtime?: Container
  readonly app?: Container
  readonly session?: SessionFrame
  readonly call?: CallFrame
}

interface Created {
  readonly node: FactoryNode
  readonly value: unknown
  readonly context: object
}

/**
 * Holds the values of one level. Each value is created once, on first use, also when many ask for it
 * at the same time; `dispose` releases them, dependants before what they depend on.
 *
 * A container is *open* until `dispose` is called, then *closing* while it waits for what is being
 * created and releases what was; nothing new is created any more. Then it is *disposed*; a value that
 * a slow factory still delivers is released at once.
 */
export class Container {
  readonly #options: ContainerOptions
  readonly #links: Links
  readonly #values = new Map<FactoryNode, unknown>()
  readonly #pending = new Map<FactoryNode, Promise<unknown>>()
  readonly #inFlight = new Set<Promise<unknown>>()
  #created: Created[] = []
  #state: 'open' | 'closing' | 'disposed' = 'open'
  #disposal: Promise<void> | undefined

  private constructor(options: ContainerOptions, links: Links) {
    this.#options = options
    this.#links = links
  }

  /** The container at the root, which holds what all applications share. */
  static createRoot(options: ContainerOptions): Container {
    return new Container(options, { level: 'runtime' })
  }

  forkApp(logger: Logger): Container {
    return new Container({ ...this.#options, logger }, { level: 'app', runtime: this })
  }

  forkSession(session: SessionFrame): Container {
    const { runtime } = this.#links
    return new Container(this.#options, { level: 'session', runtime, app: this, session })
  }

  /** The container of a call; called on the app's, so that the session's is only made if needed. */
  forkCall(call: CallFrame): Container {
    const { runtime } = this.#links
    const { session } = call
    return new Container(this.#options, { level: 'call', runtime, app: this, session, call })
  }

  /**
   * The value of a node: itself where it exists already, else a promise of it.
   * @throws NeemataError NM7203 for a value of a level that lives shorter than this container
   * @throws NeemataError NM7205 once the container is being disposed
   */
  get(node: Node): MaybePromise<unknown> {
    switch (node.type) {
      case 'value':
        return node.value
      case 'session':
        return node.read(this.#links.session ?? unreachable(this.#links.level, node.level))
      case 'call':
        return node.read(this.#links.call ?? unreachable(this.#links.level, node.level))
      case 'factory':
        return node.transient ? this.#create(node) : this.#at(node.level).#getOwn(node)
    }
  }

  /** The values of named nodes, as a handler or factory receives them. */
  resolve(dependencies: readonly NamedNode[]): MaybePromise<object> {
    const context: Record<string, unknown> = {}
    let waiting: Promise<void>[] | undefined
    for (const { name, node } of dependencies) {
      const value = this.get(node)
      context[name] = value
      // A given value is passed on as it is, even if it is a promise.
      if (node.type !== 'value' && isThenable(value)) {
        waiting ??= []
        waiting.push(
          Promise.resolve(value).then((resolved) => {
            context[name] = resolved
          }),
        )
      }
    }
    return waiting ? Promise.all(waiting).then(() => context) : context
  }

  /**
   * Waits for what is being created, then releases every value, dependants first. A release that
   * throws or takes too long is logged with the injectable's label and the next one follows.
   */
  dispose(): Promise<void> {
    this.#disposal ??= this.#dispose()
    return this.#disposal
  }

  /** Releases some values early, dependants first; those that are being created are waited for. */
  async release(nodes: ReadonlySet<Node>): Promise<void> {
    const pending = [...this.#pending].filter(([node]) => nodes.has(node)).map(([, value]) => value)
    if (pending.length > 0) {
      const timeout = this.#options.disposeTimeout ?? disposeTimeout
      await settleWithin(Promise.allSettled(pending), timeout)
    }
    const released = this.#created.filter(({ node }) => nodes.has(node)).reverse()
    this.#created = this.#created.filter(({ node }) => !nodes.has(node))
    for (const { node } of released) this.#values.delete(node)
    for (const one of released) await this.#release(one)
  }

  #at(level: Level): Container {
    const { level: own, runtime, app, session } = this.#links
    if (level === own) return this
    switch (level) {
      case 'runtime':
        return runtime ?? unreachable(own, level)
      case 'app':
        return app ?? unreachable(own, level)
      case 'session':
        return session?.container ?? unreachable(own, level)
      case 'call':
        return unreachable(own, level)
    }
  }

  #getOwn(node: FactoryNode): MaybePromise<unknown> {
    if (this.#values.has(node)) return this.#values.get(node)
    const pending = this.#pending.get(node)
    if (pending) return pending
    const value = this.#create(node)
    if (!isThenable(value)) {
      this.#values.set(node, value)
      return value
    }
    const promise = Promise.resolve(value).then((created) => {
      this.#values.set(node, created)
      return created
    })
    this.#pending.set(node, promise)
    // A failure is not kept: the next one who asks tries again.
    const forget = () => this.#pending.delete(node)
    promise.then(forget, forget)
    return promise
  }

  #create(node: FactoryNode): MaybePromise<unknown> {
    this.#assertOpen(node)
    const context = this.resolve(node.dependencies)
    const value = isThenable(context)
      ? context.then((resolved) => this.#make(node, resolved as object))
      : this.#make(node, context)
    if (!isThenable(value)) return value
    const promise = Promise.resolve(value)
    this.#inFlight.add(promise)
    const forget = () => this.#inFlight.delete(promise)
    promise.then(forget, forget)
    return promise
  }

  #make(node: FactoryNode, context: object): MaybePromise<unknown> {
    this.#assertOpen(node)
    try {
      const value = node.create(context)
      if (!isThenable(value)) return this.#keep({ node, context, value })
      return Promise.resolve(value).then(
        (created) => this.#keep({ node, context, value: created }),
        (error: unknown) => {
          throw blame(error, node.label)
        },
      )
    } catch (error) {
      throw blame(error, node.label)
    }
  }

  #keep(created: Created): unknown {
    if (this.#state === 'disposed') {
      void this.#release(created)
      throw disposedError(created.node)
    }
    this.#created.push(created)
    return created.value
  }

  #assertOpen(node: FactoryNode): void {
    if (this.#state !== 'open') throw disposedError(node)
  }

  async #dispose(): Promise<void> {
    this.#state = 'closing'
    const timeout = this.#options.disposeTimeout ?? disposeTimeout
    if (this.#inFlight.size > 0) await settleWithin(Promise.allSettled(this.#inFlight), timeout)
    this.#state = 'disposed'
    // In order of creation a dependency always comes before its dependants.
    const created = this.#created.reverse()
    this.#created = []
    for (const one of created) await this.#release(one)
    this.#values.clear()
  }

  async #release({ node, value, context }: Created): Promise<void> {
    if (!node.dispose) return
    const { logger, disposeTimeout: timeout = disposeTimeout } = this.#options
    try {
      const result = node.dispose(value, context)
      if (!isThenable(result)) return
      if (await settleWithin(Promise.resolve(result), timeout)) return
      logger.error(
        { injectable: node.label, timeout },
        'dispose takes too long, going on without it',
      )
    } catch (err) {
      logger.error({ err, injectable: node.label }, 'dispose failed')
    }
  }
}

function disposedError(node: FactoryNode): NeemataError {
  return new NeemataError('NM7205', `"${node.label}" was asked of a container that is disposed.`)
}

function unreachable(from: Level, to: Level): never {
  throw new NeemataError(
    'NM7203',
    `A value of the ${to} can't be had from the ${from}, which lives longer.`,
  )
}
