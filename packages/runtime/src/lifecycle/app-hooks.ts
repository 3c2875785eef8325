import type { Hook, HookName } from '@neemata/application'

import type { Binder } from '../container/binder.ts'
import type { Container } from '../container/container.ts'
import { pathFrom, renderPath } from '../container/dependency-path.ts'
import { livesShorter, type NamedNode } from '../container/node.ts'
import { NeemataError } from '../errors/neemata-error.ts'
import { hasValues } from './moments.ts'

/** A hook with its origin and with what its dependencies stand for. */
export interface AppHook {
  readonly app: string
  /** The plugin that brought it; `undefined` for the application's own. */
  readonly plugin: string | undefined
  readonly name: HookName
  readonly dependencies: readonly NamedNode[]
  readonly handler: Hook['handler']
}

export interface PluginHooks {
  readonly name: string
  readonly hooks: readonly Hook[]
}

export interface HookBinding {
  /** In their order. */
  readonly plugins: readonly PluginHooks[]
  readonly binder: Binder
  /** The app's; hooks of moments get their values from it. */
  readonly container: Container
}

/**
 * The hooks of one app, in the order in which they run. *Early* at first: it knows those of the
 * application that come before any value was made. `bind` makes it *bound*: it knows all of them, and
 * what they depend on.
 */
export class AppHooks {
  readonly app: string
  readonly #own: readonly Hook[]
  #container: Container | undefined = undefined
  #byName: ReadonlyMap<HookName, readonly AppHook[]>

  /** @throws NeemataError NM7206 for a hook that can't have the dependencies that it asks for */
  constructor(app: string, own: readonly Hook[]) {
    this.app = app
    this.#own = own
    const early = own.filter(({ name }) => !hasValues(name))
    this.#byName = groupByName(early.map((hook) => this.#bindHook(hook, undefined, undefined)))
  }

  /** Where the values of the hooks live; `undefined` before `bind`. */
  get container(): Container | undefined {
    return this.#container
  }

  /** Whether sessions have to be told to anybody. */
  get watchesSessions(): boolean {
    return this.#byName.has('connect') || this.#byName.has('disconnect')
  }

  of(name: HookName): readonly AppHook[] {
    return this.#byName.get(name) ?? none
  }

  /**
   * Adds the hooks of plugins, which run before the application's own.
   * @throws NeemataError NM7201 to NM7203, NM7206 or NM7207 with the hook in its message
   */
  bind({ plugins, binder, container }: HookBinding): void {
    const ofPlugins = plugins.flatMap(({ name, hooks }) =>
      hooks.map((hook) => this.#bindHook(hook, name, binder)),
    )
    const own = this.#own.map((hook) => this.#bindHook(hook, undefined, binder))
    this.#byName = groupByName([...ofPlugins, ...own])
    this.#container = container
  }

  /** What all hooks together depend on. */
  dependencies(): readonly NamedNode[] {
    return [...this.#byName.values()].flat().flatMap(({ dependencies }) => dependencies)
  }

  #bindHook(hook: Hook, plugin: string | undefined, binder: Binder | undefined): AppHook {
    const { app } = this
    const { name, dependencies, handler } = hook
    const origin = { app, plugin, name }
    if (plugin !== undefined && name === 'initialize:before') throw tooLate(origin)
    if (!hasValues(name) && Object.keys(dependencies).length > 0) throw valueless(origin, hook)
    const nodes = hasValues(name) && binder ? bindDependencies(binder, origin, hook) : []
    return { ...origin, dependencies: nodes, handler }
  }
}

/** `the hook start:before of the plugin "audit" in the app "shop"` */
export function describeHook({ app, plugin, name }: HookOrigin): string {
  const owner =
    plugin === undefined ? `of the app "${app}"` : `of the plugin "${plugin}" in "${app}"`
  return `the hook ${name} ${owner}`
}

type HookOrigin = Pick<AppHook, 'app' | 'plugin' | 'name'>

const none: readonly AppHook[] = []

function bindDependencies(binder: Binder, origin: HookOrigin, hook: Hook): readonly NamedNode[] {
  const path = pathFrom(describeHook(origin))
  const nodes = binder.bindAll(hook.dependencies, path)
  const isOfSession = hook.name === 'connect' || hook.name === 'disconnect'
  for (const { name, node } of nodes) {
    if (!livesShorter(node.level, isOfSession ? 'session' : 'app')) continue
    const label = renderPath({ label: hook.dependencies[name]?.label ?? name, from: path })
    const level = node.level === 'session' ? 'connection' : node.level
    const scope = isOfSession ? 'connection' : 'global'
    throw new NeemataError(
      'NM7203',
      `A value of scope ${level} can't serve one of scope ${scope}: ${label}`,
    )
  }
  return nodes
}

function groupByName(hooks: readonly AppHook[]): ReadonlyMap<HookName, readonly AppHook[]> {
  const byName = new Map<HookName, AppHook[]>()
  for (const hook of hooks) {
    const known = byName.get(hook.name)
    if (known) known.push(hook)
    else byName.set(hook.name, [hook])
  }
  return byName
}

function valueless(origin: HookOrigin, { dependencies }: Hook): NeemataError {
  const names = Object.keys(dependencies).join(', ')
  return new NeemataError(
    'NM7206',
    `At this moment there are no values, yet ${describeHook(origin)} depends on: ${names}`,
  )
}

function tooLate(origin: HookOrigin): NeemataError {
  return new NeemataError(
    'NM7207',
    `A plugin is set up after this moment, so it can't have ${describeHook(origin)}.`,
  )
}
