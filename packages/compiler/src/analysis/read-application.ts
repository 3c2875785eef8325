import type { ResolvedApp } from '../config/resolved-config.ts'
import type { AppModel, ExportReference, ProcedureModel } from '../model/model.ts'
import { withArticle } from './interpreter/definers.ts'
import { describe, isFromPackage } from './interpreter/describe-value.ts'
import { bindingValue, resolveExport } from './interpreter/exports.ts'
import type { Interpreter } from './interpreter/interpreter.ts'
import type { Place } from './interpreter/place.ts'
import type { DefinitionValue, Value } from './interpreter/value.ts'
import { optionPlace } from './option-place.ts'
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

/** Follows default export → application → router → procedures. `undefined` if there is no application. */
export function readApplication(request: ApplicationRequest): AppModel | undefined {
  const { interpreter, report, name, app } = request
  const module = interpreter.modules.load(app.application)
  if (module === undefined) {
    report.add('NM2001', {
      message: `The module of the application "${name}" does not exist: ${app.application}.`,
      configPath: `apps.${name}.application`,
    })
    return undefined
  }
  const application = readDefaultExport(request, module)
  if (application === undefined) return undefined
  return {
    type: app.type,
    application: referenceOf(application, module),
    procedures: readProcedures(request, application),
    transports: [...app.transports].sort(),
    slots: app.slots,
  }
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

function readProcedures(
  { interpreter, report, app }: ApplicationRequest,
  application: DefinitionValue,
): Readonly<Record<string, ProcedureModel>> {
  const router = interpreter.member(application, 'router', application.place)
  if (router.type === 'literal' && router.value === undefined) return {}
  if (app.type === 'worker') {
    report.add('NM2018', {
      message: 'This application has a router, but the config makes it a worker.',
      place: optionPlace(application, 0, 'router'),
    })
    return {}
  }
  if (router.type === 'opaque') {
    report.refusal(router, {
      message: 'The application is declared here',
      place: application.place,
    })
    return {}
  }
  if (router.type === 'definition' && router.kind === 'router') {
    return readRoutes({ interpreter, report, router })
  }
  report.add(isFromPackage(router) ? 'NM2025' : 'NM2017', {
    message: `The router of this application is ${describe(router)}, not ${withArticle('router')}.`,
    place: optionPlace(application, 0, 'router'),
    ...(!isFromPackage(router) && { hint: 'Make it with `defineRouter({ … })`.' }),
  })
  return {}
}
