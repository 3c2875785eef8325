import type { Dependencies, Provision } from '@neemata/application'

import { Binder } from '../container/binder.ts'
import { type DependencyPath, pathFrom } from '../container/dependency-path.ts'
import type { NamedNode, Node } from '../container/node.ts'
import type { Logger } from '../declare/logger.ts'
import { identityNode, refuseIdentity, bindRuntimeToken } from './bind-runtime-token.ts'
import type { LoadedApp, LoadedProcedure } from './load-app.ts'

/** An app whose dependencies are all known to be satisfiable. */
export interface BoundApp {
  readonly name: string
  readonly identity: Node | undefined
  readonly binder: Binder
  readonly procedures: readonly BoundProcedure[]
}

export interface BoundProcedure {
  readonly loaded: LoadedProcedure
  readonly dependencies: readonly NamedNode[]
  /** In the order of the loaded procedure's lists. */
  readonly guards: readonly (readonly NamedNode[])[]
  readonly middleware: readonly (readonly NamedNode[])[]
  readonly filters: readonly (readonly NamedNode[])[]
}

export interface BindAppOptions {
  readonly app: LoadedApp
  readonly runtime: Binder
  readonly logger: Logger
  /** Those of plugins; the application's own win. */
  readonly provide: readonly Provision[]
}

/**
 * Finds out what every dependency of an app stands for.
 * @throws NeemataError NM7201, NM7202 or NM7203 with the path from the procedure inwards
 */
export function bindApp({ app, runtime, logger, provide }: BindAppOptions): BoundApp {
  const { identity } = app.application
  let identityIsBound = false
  const binder = new Binder({
    runtime,
    provisions: [...provide, ...app.application.provide],
    bindRuntimeToken: (request) =>
      request.key === 'identity' && !identityIsBound
        ? refuseIdentity(request)
        : bindRuntimeToken(request, logger),
  })
  // First of all, so that nothing that it is made of can have seen the identity itself. Everybody else
  // who asks for it gets the session's, which may have come with a call from another application.
  const source = identity && binder.bind(identity, pathFrom(`${app.name} identity`))
  identityIsBound = true
  if (identity) binder.alias(identity, identityNode)

  const procedures = app.procedures.map((loaded) => bindProcedure(binder, app.name, loaded))
  return { name: app.name, identity: source, binder, procedures }
}

function bindProcedure(binder: Binder, app: string, loaded: LoadedProcedure): BoundProcedure {
  const path = pathFrom(`${app}/${loaded.path}`)
  const bindEach = (
    parts: readonly { readonly dependencies: Dependencies }[],
    label: string,
  ): (readonly NamedNode[])[] => {
    const partPath: DependencyPath = { label, from: path }
    return parts.map(({ dependencies }) => binder.bindAll(dependencies, partPath))
  }
  return {
    loaded,
    dependencies: binder.bindAll(loaded.procedure.dependencies, path),
    guards: bindEach(loaded.guards, 'a guard'),
    middleware: bindEach(loaded.middleware, 'a middleware'),
    filters: bindEach(loaded.filters, 'a filter'),
  }
}
