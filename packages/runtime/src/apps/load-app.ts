import {
  type AnyProcedure,
  type AnyStream,
  type Application,
  defineApplication,
  type Descriptor,
  type DescriptorKind,
  type Filter,
  type Guard,
  isDescriptor,
  type Middleware,
  type Plugin,
} from '@neemata/application'

import { NeemataError } from '../errors/neemata-error.ts'
import type { Load, RegistryApp, RegistryProcedure } from '../registry.ts'

/** An app's modules, loaded and checked. */
export interface LoadedApp {
  readonly name: string
  readonly registry: RegistryApp
  readonly application: Application
  readonly procedures: readonly LoadedProcedure[]
  /** In the order in which they are set up. */
  readonly plugins: readonly Plugin[]
}

/** A procedure with all that surrounds it, outermost first. */
export interface LoadedProcedure {
  readonly path: string
  readonly registry: RegistryProcedure
  readonly procedure: AnyProcedure | AnyStream
  readonly guards: readonly Guard[]
  readonly middleware: readonly Middleware[]
  readonly filters: readonly Filter[]
}

/**
 * Loads everything that an app needs to answer, in parallel.
 * @throws NeemataError NM7101 for a module that fails, NM7102 for one that holds something else
 */
export async function loadApp(name: string, registry: RegistryApp): Promise<LoadedApp> {
  const at = `apps.${name}`
  const [application, plugins, ...procedures] = await Promise.all([
    load<Application>(registry.application ?? createEmpty, {
      kind: 'application',
      at: `${at}.application`,
    }),
    loadAll<Plugin>(registry.plugins, { kind: 'plugin', at: `${at}.plugins` }),
    ...Object.entries(registry.procedures).map(([path, procedure]) =>
      loadProcedure(path, procedure, `${at}.procedures["${path}"]`),
    ),
  ])
  return {
    name,
    registry,
    application,
    plugins,
    procedures: procedures.map((procedure) => surround(application, procedure)),
  }
}

/** A worker app may consist of its jobs and commands alone. */
function createEmpty(): Application {
  return defineApplication({})
}

async function loadProcedure(
  path: string,
  registry: RegistryProcedure,
  at: string,
): Promise<LoadedProcedure> {
  const place = (part: string) => `${at}.${part} (${registry.at})`
  const [procedure, guards, middleware, filters] = await Promise.all([
    load<AnyProcedure | AnyStream>(registry.load, {
      kind: registry.kind === 'stream' ? 'stream' : 'procedure',
      at: place('load'),
    }),
    loadAll<Guard>(registry.guards, { kind: 'guard', at: place('guards') }),
    loadAll<Middleware>(registry.middleware, { kind: 'middleware', at: place('middleware') }),
    loadAll<Filter>(registry.filters ?? [], { kind: 'filter', at: place('filters') }),
  ])
  return { path, registry, procedure, guards, middleware, filters }
}

/** Adds what the application puts around every procedure, and the procedure's own. */
function surround(application: Application, loaded: LoadedProcedure): LoadedProcedure {
  const { procedure } = loaded
  return {
    ...loaded,
    guards: [...application.guards, ...loaded.guards, ...procedure.guards],
    middleware: [...application.middleware, ...loaded.middleware, ...procedure.middleware],
    filters: [...application.filters, ...loaded.filters, ...procedure.filters],
  }
}

interface Expectation {
  readonly kind: DescriptorKind
  /** Where in the registry. */
  readonly at: string
}

/**
 * Loads one export.
 * @throws NeemataError NM7101 or NM7102
 */
export async function load<Value extends Descriptor>(
  loader: Load<Value>,
  { kind, at }: Expectation,
): Promise<Value> {
  let value: Value
  try {
    value = await loader()
  } catch (cause) {
    throw new NeemataError('NM7101', `${at} could not be loaded.`, { cause })
  }
  if (isDescriptor(value, kind)) return value
  throw new NeemataError('NM7102', `${at} should be a ${kind}, made by ${defineFunctions[kind]}.`)
}

function loadAll<Value extends Descriptor>(
  loaders: readonly Load<Value>[],
  expected: Expectation,
): Promise<Value[]> {
  return Promise.all(loaders.map((loader) => load(loader, expected)))
}

const defineFunctions: Readonly<Record<DescriptorKind, string>> = {
  application: 'defineApplication',
  router: 'defineRouter',
  procedure: 'defineProcedure',
  guard: 'defineGuard',
  middleware: 'defineMiddleware',
  filter: 'defineFilter',
  injectable: 'defineInjectable',
  stream: 'defineStream',
  event: 'defineEvent',
  hook: 'defineHook',
  plugin: 'definePlugin',
  job: 'defineJob',
  command: 'defineCommand',
}
