import type { ResolvedApp } from '../config/resolved-config.ts'
import type { AppModel, ExportReference, ProcedureModel } from '../model/model.ts'
import { withArticle } from './interpreter/definers.ts'
import { describe, isFromPackage } from './interpreter/describe-value.ts'
import { bindingValue, resolveExport } from './interpreter/exports.ts'
import type { Interpreter } from './interpreter/interpreter.ts'
import type { Place } from './interpreter/place.ts'
import type { DefinitionValue, Value } from './interpreter/value.ts'
import { optionPlace } from './option-place.ts'
import { readCommands, readJobs } from './read-jobs.ts'
import { type FoundPlugin, readPlugins } from './read-plugins.ts'
import { readRoutes } from './read-routes.ts'
import type { Report } from './report.ts'
import type { SourceModule } from './source-module.ts'

export interface ApplicationRequest {
  readonly interpreter: Interpreter
  readonly report: Report
  /** The app's name in the config. */
  readonly name: string
  readonly app: ResolvedApp
}

/**
 * What the model says of one app: follows default export → application → router → procedures, and reads
 * the modules of its jobs and commands. `undefined` if it has no application where it needs one.
 */
export function readApplication(request: ApplicationRequest): AppModel | undefined {
  const { interpreter, report, name, app } = request
  const found =
    app.application === undefined ? undefined : findApplication(request, app.application)
  const jobs = readJobs({ interpreter, report, app: name, files: app.jobs })
  const commands = readCommands({ interpreter, report, app: name, files: app.commands })
  if (app.application !== undefined && found === undefined) return undefined
  const plugins = found ? readPlugins({ interpreter, report }, found.application) : []
  return {
    type: app.type,
    ...(found && { application: found.reference }),
    procedures: found ? readAllProcedures(request, found.application, plugins) : {},
    jobs,
    commands,
    plugins: plugins.map(({ model }) => model),
    transports: [...app.transports].sort(),
    slots: app.slots,
  }
}

function findApplication(
  request: ApplicationRequest,
  file: string,
): { readonly application: DefinitionValue; readonly reference: ExportReference } | undefined {
  const { interpreter, report, name } = request
  const module = interpreter.modules.load(file)
  if (module === undefined) {
    report.add('NM2001', {
      message: `The module of the application "${name}" does not exist: ${file}.`,
      configPath: `apps.${name}.application`,
    })
    return undefined
  }
  const application = readDefaultExport(request, module)
  return application && { application, reference: referenceOf(application, module) }
}

function readDefaultExport(
  { interpreter, report }: ApplicationRequest,
  module: SourceModule,
): DefinitionValue | undefined {
  const binding = resolveExport(interpreter, module.file, 'default')
  const start = module.place({ at: 0, end: 0 })
  if (binding === undefined) {
    const candidate = namedApplication(interpreter, module)
    report.add('NM2003', {
      message: `${module.file} has no default export.`,
      place: candidate?.place ?? start,
      hint:
        candidate &&
        `\`${candidate.name}\` is an application: write \`export default ${candidate.name}\`.`,
    })
    return undefined
  }
  const exported = module.export('default')
  const place = exported ? module.place(exported) : start
  const value = bindingValue(interpreter, binding, place)
  if (value.type === 'definition' && value.kind === 'application') return value
  if (value.type === 'opaque') {
    report.refusal(value, { message: 'The application is exported here', place })
    return undefined
  }
  report.add('NM2004', {
    message: `The default export of ${module.file} is ${describe(value)}, not ${withArticle('application')}.`,
    place,
    hint: isRouter(value)
      ? 'Wrap the router: `export default defineApplication({ router })`.'
      : undefined,
  })
  return undefined
}

function namedApplication(
  interpreter: Interpreter,
  module: SourceModule,
): { readonly name: string; readonly place: Place } | undefined {
  for (const [name, exported] of Object.entries(module.summary.exports)) {
    const binding = resolveExport(interpreter, module.file, name)
    if (binding?.kind !== 'declaration') continue
    const place = module.place(exported)
    const value = bindingValue(interpreter, binding, place)
    if (value.type === 'definition' && value.kind === 'application') return { name, place }
  }
  return undefined
}

function isRouter(value: Value): boolean {
  return value.type === 'definition' && value.kind === 'router'
}

/** The module that the config names is imported under `default`, whatever other names lead there. */
function referenceOf(application: DefinitionValue, module: SourceModule): ExportReference {
  const { reference } = application
  if (reference === undefined || reference.file === module.file) {
    return { file: module.file, path: ['default'] }
  }
  return reference
}

/** Those of the application's router, and those of its plugins below the plugins' names. */
function readAllProcedures(
  request: ApplicationRequest,
  application: DefinitionValue,
  plugins: readonly FoundPlugin[],
): Readonly<Record<string, ProcedureModel>> {
  const router = interpretRouter(request, application)
  if (request.app.type === 'worker') {
    if (router) {
      request.report.add('NM2018', {
        message: 'This application has a router, but the config makes it a worker.',
        place: optionPlace(application, 0, 'router'),
      })
    }
    return {}
  }
  const procedures = new Map(Object.entries(router ? readRouter(request, application, router) : {}))
  for (const plugin of plugins) addPluginProcedures(request, procedures, plugin)
  return Object.fromEntries([...procedures].sort(([a], [b]) => (a < b ? -1 : 1)))
}

function addPluginProcedures(
  request: ApplicationRequest,
  procedures: Map<string, ProcedureModel>,
  { definition, model, place }: FoundPlugin,
): void {
  const router = interpretRouter(request, definition)
  if (router === undefined) return
  const found = readRouter(request, definition, router, [model.name])
  for (const [path, procedure] of Object.entries(found)) {
    const own = procedures.get(path)
    if (own === undefined) procedures.set(path, procedure)
    else {
      request.report.add('NM2012', {
        message: `The route \`${path}\` of the plugin \`${model.name}\` is also one of the application, at ${own.at}.`,
        place,
      })
    }
  }
}

/** The router of an application or plugin; `undefined` if it has none. */
function interpretRouter(
  { interpreter }: ApplicationRequest,
  owner: DefinitionValue,
): Value | undefined {
  const router = interpreter.member(owner, 'router', owner.place)
  return router.type === 'literal' && router.value === undefined ? undefined : router
}

function readRouter(
  { interpreter, report }: ApplicationRequest,
  owner: DefinitionValue,
  router: Value,
  prefix: readonly string[] = [],
): Readonly<Record<string, ProcedureModel>> {
  const { kind, place } = owner
  if (router.type === 'definition' && router.kind === 'router') {
    return readRoutes({ interpreter, report, router, prefix })
  }
  if (router.type === 'opaque') {
    report.refusal(router, { message: `The ${kind} is declared here`, place })
    return {}
  }
  report.add(isFromPackage(router) ? 'NM2025' : 'NM2017', {
    message: `The router of this ${kind} is ${describe(router)}, not ${withArticle('router')}.`,
    place: optionPlace(owner, 0, 'router'),
    ...(!isFromPackage(router) && { hint: 'Make it with `defineRouter({ … })`.' }),
  })
  return {}
}
