import {
  type Dependencies,
  type FactorySource,
  type Injectable,
  isDescriptor,
  type Provision,
  type Scope,
} from '@neemata/application'

import { NeemataError } from '../errors/neemata-error.ts'
import { type DependencyPath, pathTo, renderPath } from './dependency-path.ts'
import {
  type FactoryNode,
  type Level,
  livesShorter,
  type NamedNode,
  type Node,
  shortestLevel,
} from './node.ts'

/** A token whose value comes from the runtime itself. */
export interface RuntimeTokenRequest {
  readonly key: string
  readonly argument: string | undefined
  readonly path: DependencyPath
}

export interface BinderOptions {
  /** The runtime's binder, for an app's; its provisions win. */
  readonly runtime?: Binder
  readonly provisions?: readonly Provision[]
  /** Answers the tokens that the runtime provides; `undefined` for an unknown key. */
  readonly bindRuntimeToken?: (request: RuntimeTokenRequest) => Node | undefined
}

interface Binding {
  readonly node: Node
  /** Whether it could be another node in another app, so that it can't be shared between them. */
  readonly ownedByApp: boolean
}

/**
 * Turns injectables into nodes: replaces tokens by what they stand for, and refuses missing providers,
 * circles and dependencies that live too short, each with the path that leads there. Everything is
 * decided here, once and at boot, so that containers only look up and create.
 */
export class Binder {
  readonly #runtime: Binder | undefined
  readonly #provisions: ReadonlyMap<unknown, Provision['source']>
  readonly #bindRuntimeToken: BinderOptions['bindRuntimeToken']
  readonly #bindings = new Map<unknown, Binding>()
  readonly #open = new Set<unknown>()

  constructor(options: BinderOptions = {}) {
    this.#runtime = options.runtime
    this.#provisions = new Map(
      options.provisions?.map(({ token, source }) => [keyOf(token), source]),
    )
    this.#bindRuntimeToken = options.bindRuntimeToken
  }

  /**
   * The node that an injectable stands for.
   * @throws NeemataError NM7201, NM7202 or NM7203 with the path in its message
   */
  bind(injectable: Injectable, path: DependencyPath): Node {
    return this.#bind(injectable, path).node
  }

  /** The nodes of named dependencies; `path` is that of their dependant. */
  bindAll(dependencies: Dependencies, path: DependencyPath): readonly NamedNode[] {
    return Object.entries(dependencies).map(([name, injectable]) => ({
      name,
      node: this.bind(injectable, pathTo(path, injectable, name)),
    }))
  }

  /** Lets an injectable stand for a node from now on; what was bound before is not touched. */
  alias(injectable: Injectable, node: Node): void {
    this.#bindings.set(keyOf(injectable), { node, ownedByApp: this.#runtime !== undefined })
  }

  /**
   * Takes nodes out, so that their injectables are bound anew when they are asked for again. Returns how
   * to put them back, where nothing else has taken their place.
   */
  forget(nodes: ReadonlySet<Node>): () => void {
    const forgotten = [...this.#bindings].filter(([, { node }]) => nodes.has(node))
    for (const [key] of forgotten) this.#bindings.delete(key)
    return () => {
      for (const [key, binding] of forgotten) {
        if (!this.#bindings.has(key)) this.#bindings.set(key, binding)
      }
    }
  }

  #bind(injectable: Injectable, path: DependencyPath): Binding {
    const key = keyOf(injectable)
    const known = this.#bindings.get(key)
    if (known) return known
    if (this.#open.has(key)) {
      throw new NeemataError(
        'NM7202',
        `These depend on each other in a circle: ${renderPath(path)}`,
      )
    }
    this.#open.add(key)
    try {
      const binding = this.#make(injectable, path)
      this.#bindings.set(key, binding)
      return binding
    } finally {
      this.#open.delete(key)
    }
  }

  #make(injectable: Injectable, path: DependencyPath): Binding {
    const key = keyOf(injectable)
    const override = this.#runtime?.provisionOf(key)
    if (override) return this.#bindProvision(injectable, override, { path, ownedByApp: false })
    const provision = this.#provisions.get(key)
    const ownedByApp = this.#runtime !== undefined
    if (provision) return this.#bindProvision(injectable, provision, { path, ownedByApp })

    const { source } = injectable
    switch (source.type) {
      case 'value':
        return {
          node: { type: 'value', level: 'runtime', value: source.value },
          ownedByApp: false,
        }
      case 'factory':
        return this.#bindFactory(injectable, source, path)
      case 'token': {
        const { key, argument } = source
        const request = key === undefined ? undefined : { key, argument, path }
        const node = request && this.bindToken(request)
        if (node) return { node, ownedByApp }
        const shared = request && this.#runtime?.bindToken(request)
        if (shared) return { node: shared, ownedByApp: false }
        throw new NeemataError('NM7201', `Nothing provides a value here: ${renderPath(path)}`)
      }
    }
  }

  /** What the runtime offers for a token; what an app does not offer itself is the same for all apps. */
  bindToken(request: RuntimeTokenRequest): Node | undefined {
    return this.#bindRuntimeToken?.(request)
  }

  provisionOf(key: unknown): Provision['source'] | undefined {
    return this.#provisions.get(key)
  }

  #bindProvision(
    token: Injectable,
    source: Provision['source'],
    { path, ownedByApp }: { readonly path: DependencyPath; readonly ownedByApp: boolean },
  ): Binding {
    if (!isDescriptor(source, 'injectable')) {
      const level = ownedByApp ? 'app' : 'runtime'
      return { node: { type: 'value', level, value: source.value }, ownedByApp }
    }
    const standIn = source as Injectable
    const sourcePath = pathTo(path, standIn, 'its provision')
    const binding = this.#bind(standIn, sourcePath)
    if (livesShorter(binding.node.level, shortestAllowed(token.scope))) {
      throw scopeViolation({
        path: sourcePath,
        dependant: token.scope,
        dependency: binding.node.level,
      })
    }
    return { node: binding.node, ownedByApp: ownedByApp || binding.ownedByApp }
  }

  #bindFactory(injectable: Injectable, source: FactorySource, path: DependencyPath): Binding {
    const { scope } = injectable
    let ownedByApp = false
    const dependencies = Object.entries(source.dependencies).map(([name, dependency]) => {
      const dependencyPath = pathTo(path, dependency, name)
      const binding = this.#bind(dependency, dependencyPath)
      const { level } = binding.node
      if (livesShorter(level, shortestAllowed(scope))) {
        throw scopeViolation({ path: dependencyPath, dependant: scope, dependency: level })
      }
      ownedByApp ||= binding.ownedByApp
      return { name, node: binding.node }
    })
    // Nothing below it belongs to one app: the runtime's binder gives every app the same node.
    if (this.#runtime && !ownedByApp) return this.#runtime.#bind(injectable, path)

    const node: FactoryNode = {
      type: 'factory',
      level: levelOf(scope, { ownedByApp, dependencies }),
      transient: scope === 'transient',
      label: path.label,
      dependencies,
      create: source.create,
      dispose: source.dispose,
    }
    return { node, ownedByApp }
  }
}

/** What identifies an injectable: itself, or its key where two copies of a package must agree. */
function keyOf(injectable: Injectable): unknown {
  const { source } = injectable
  if (source.type !== 'token' || source.key === undefined) return injectable
  return source.argument === undefined ? source.key : `${source.key}:${source.argument}`
}

/** The shortest-lived level that something of this scope may still depend on. */
function shortestAllowed(scope: Scope): Level {
  if (scope === 'global') return 'app'
  return scope === 'connection' ? 'session' : 'call'
}

function levelOf(
  scope: Scope,
  of: { readonly ownedByApp: boolean; readonly dependencies: readonly NamedNode[] },
): Level {
  switch (scope) {
    case 'global':
      return of.ownedByApp ? 'app' : 'runtime'
    case 'connection':
      return 'session'
    case 'call':
      return 'call'
    case 'transient':
      return shortestLevel(of.dependencies.map(({ node }) => node.level))
  }
}

function scopeViolation(violation: {
  readonly path: DependencyPath
  readonly dependant: Scope
  readonly dependency: Level
}): NeemataError {
  const { path, dependant, dependency } = violation
  const scope = dependency === 'session' ? 'connection' : dependency
  return new NeemataError(
    'NM7203',
    `A value of scope ${scope} can't serve one of scope ${dependant}: ${renderPath(path)}`,
  )
}
