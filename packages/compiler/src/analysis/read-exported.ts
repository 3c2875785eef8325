import type { ExportReference } from '../model/model.ts'
import { definerName, withArticle } from './interpreter/definers.ts'
import { type Binding, bindingValue, exportNames, resolveExport } from './interpreter/exports.ts'
import type { Place } from './interpreter/place.ts'
import type { DefinitionValue, Value } from './interpreter/value.ts'
import type { Reading } from './read-options.ts'
import { isSegment } from './segment.ts'

/** What apps find by file pattern. */
export type ExportedKind = 'job' | 'command'

export interface ExportedRequest extends Reading {
  /** The app's name in the config. */
  readonly app: string
  readonly kind: ExportedKind
  /** Relative to the project root. */
  readonly files: readonly string[]
}

export interface Exported {
  readonly definition: DefinitionValue
  readonly reference: ExportReference
  /** Where it is exported. */
  readonly place: Place
}

/**
 * Every job, or every command, that modules export, by export name. Other exports are left alone. One
 * that several modules re-export counts once.
 */
export function readExported(request: ExportedRequest): ReadonlyMap<string, Exported> {
  const { report, app, kind } = request
  const found = new Map<string, Exported>()
  for (const file of request.files) {
    for (const [name, exported] of readModule(request, file)) {
      const other = found.get(name)
      if (other === undefined) found.set(name, exported)
      else if (!sameReference(other.reference, exported.reference)) {
        report.add('NM2042', {
          message: `The app "${app}" has two ${kind}s called \`${name}\`.`,
          place: declaration(exported),
          related: [{ message: 'The other one', place: declaration(other) }],
        })
      }
    }
  }
  return found
}

function readModule(
  request: ExportedRequest,
  file: string,
): readonly (readonly [string, Exported])[] {
  const { interpreter, report, kind } = request
  const module = interpreter.modules.load(file)
  const { names, unknown } = exportNames(interpreter, file)
  const found: (readonly [string, Exported])[] = []
  let seen = unknown.length
  for (const part of unknown) report.refusal(part)
  for (const [name, place] of names) {
    const binding = resolveExport(interpreter, file, name)
    if (binding === undefined || binding.kind === 'type') continue
    const value = bindingValue(interpreter, binding, place)
    if (!isMeant(request, binding, value)) continue
    seen += 1
    const exported = readExport(request, { name, value, place })
    if (exported) found.push([name, exported])
  }
  if (seen === 0 && module !== undefined) {
    report.add('NM2047', {
      message: `${file} exports no ${kind}.`,
      place: module.place({ at: 0, end: 0 }),
    })
  }
  return found
}

/** Tells whether an export is a job or command, or would be one if it could be followed. */
function isMeant({ interpreter, kind }: ExportedRequest, binding: Binding, value: Value): boolean {
  if (value.type === 'definition') return value.kind === kind
  if (binding.kind === 'problem') return true
  if (value.type !== 'opaque' || binding.kind !== 'declaration') return false
  const expression = binding.module.declaration(binding.name)?.value
  if (expression?.kind !== 'call') return false
  const scope = { module: binding.module, names: new Map() }
  const callee = interpreter.evaluate(expression.callee, scope)
  return callee.type === 'definer' && callee.kind === kind
}

function readExport(
  { report, kind }: ExportedRequest,
  { name, value, place }: { readonly name: string; readonly value: Value; readonly place: Place },
): Exported | undefined {
  if (value.type === 'opaque') {
    report.refusal(value, { message: `The ${kind} is exported here`, place })
    return undefined
  }
  if (value.type !== 'definition') return undefined
  if (name === 'default') {
    const message = `This default export is ${withArticle(kind)}, and has no name.`
    report.add('NM2040', {
      message,
      place,
      hint: `Export it by name: \`export const ${example[kind]} = ${definerName(kind)}({ … })\`.`,
    })
    return undefined
  }
  if (!isSegment(name)) {
    report.add('NM2041', { message: `\`${name}\` can't be the name of a ${kind}.`, place })
    return undefined
  }
  const { reference } = value
  if (reference === undefined) throw new Error(`The ${kind} ${name} can't be reached.`)
  return { definition: value, reference, place }
}

const example: Readonly<Record<ExportedKind, string>> = { job: 'reindex', command: 'seed' }

function declaration({ definition, place }: Exported): Place {
  return definition.declared ?? place
}

function sameReference(a: ExportReference, b: ExportReference): boolean {
  return a.file === b.file && a.path.join('.') === b.path.join('.')
}
