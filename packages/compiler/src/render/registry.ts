import type {
  AppModel,
  CommandModel,
  ExportReference,
  JobModel,
  ProcedureModel,
} from '../model/model.ts'
import type { Generator } from './generator.ts'
import { Expression, renderAccess, renderLiteral, renderString } from './literal.ts'
import { renderSpecifier } from './paths.ts'
import { mapSorted } from './sorted.ts'

const path = 'registry.ts'

/**
 * `generated/registry.ts`: everything that a process can run, as data and imports. The annotation is
 * the wide declared type, and the lists are object maps: both keep the type checker linear.
 */
export const registry: Generator = {
  path,
  render({ model }) {
    const value = { version: model.version, apps: mapSorted(model.apps, registerApp) }
    return `import type { Registry } from 'neemata/runtime'

export const registry: Registry = ${renderLiteral(value)}
`
  },
}

function registerApp(app: AppModel): object {
  return {
    type: app.type,
    ...(app.application !== undefined && { application: renderLoad(app.application) }),
    procedures: mapSorted(app.procedures, registerProcedure),
    jobs: mapSorted(app.jobs, registerJob),
    commands: mapSorted(app.commands, registerCommand),
    plugins: app.plugins.map((plugin) => renderLoad(plugin.source)),
    slots: app.slots,
  }
}

function registerProcedure(procedure: ProcedureModel): object {
  return {
    load: renderLoad(procedure.source),
    kind: procedure.kind,
    readonly: procedure.readonly,
    guards: procedure.guards.map(renderLoad),
    middleware: procedure.middleware.map(renderLoad),
    filters: procedure.filters.map(renderLoad),
    at: procedure.at,
  }
}

function registerJob({ source, pool, at }: JobModel): object {
  return { load: renderLoad(source), pool, at }
}

function registerCommand({ source, at }: CommandModel): object {
  return { load: renderLoad(source), at }
}

function renderLoad(reference: ExportReference): Expression {
  const specifier = renderString(renderSpecifier(path, reference.file))
  return new Expression(
    'async () =>',
    `(await import(${specifier}))${renderAccess(reference.path)}`,
  )
}
