import type { Span } from '../../syntax/summary.ts'
import type { SourceModule } from '../source-module.ts'
import { definerKind, isDefiningPackage } from './definers.ts'
import type { Interpreter } from './interpreter.ts'
import type { Place } from './place.ts'
import { refuse } from './refusal.ts'
import type { OpaqueValue, Value } from './value.ts'

/** What a name of a module stands for, once imports and re-exports are followed to their end. */
export type Binding =
  | { readonly kind: 'declaration'; readonly module: SourceModule; readonly name: string }
  | { readonly kind: 'namespace'; readonly file: string }
  | {
      readonly kind: 'external'
      readonly origin: 'package' | 'asset'
      readonly specifier: string
      readonly name: string
    }
  | { readonly kind: 'type'; readonly name: string }
  | { readonly kind: 'problem'; readonly value: OpaqueValue }

export function bindingValue(interpreter: Interpreter, binding: Binding, place: Place): Value {
  switch (binding.kind) {
    case 'declaration':
      return interpreter.declaration(binding.module, binding.name)
    case 'namespace': {
      const { file } = binding
      return { type: 'namespace', place, file, reference: { file, path: [] } }
    }
    case 'problem':
      return binding.value
    case 'type':
      return refuse(place, { code: 'NM2006', message: `\`${binding.name}\` is only a type.` })
    case 'external':
      return externalValue(binding, place)
  }
}

function externalValue(binding: Binding & { kind: 'external' }, place: Place): Value {
  const { origin, specifier: module, name } = binding
  const kind = isDefiningPackage(module) ? definerKind(name) : undefined
  if (kind !== undefined) return { type: 'definer', kind, place }
  const namespace = name === '*' && ({ name: '*', namespace: true } as const)
  return { type: 'external', place, origin, module, name, ...namespace }
}

interface ImportRequest extends Span {
  readonly specifier: string
  /** `*` for the namespace. */
  readonly name: string
}

/** What an import, or an export from elsewhere, stands for. */
export function bindImport(
  interpreter: Interpreter,
  module: SourceModule,
  request: ImportRequest,
  seen: ReadonlySet<string> = new Set(),
): Binding {
  const { specifier, name } = request
  if (isDefiningPackage(specifier)) return { kind: 'external', origin: 'package', specifier, name }
  const resolution = interpreter.modules.resolve(module.file, specifier)
  const place = module.place(request)
  if (resolution.kind === 'missing') {
    return problem(place, 'NM2005', `"${specifier}" can't be resolved: ${resolution.reason}.`)
  }
  if (resolution.kind !== 'source') {
    return { kind: 'external', origin: resolution.kind, specifier, name }
  }
  if (name === '*') return { kind: 'namespace', file: resolution.file }
  const found = resolveExport(interpreter, resolution.file, name, seen)
  if (found !== undefined) return found
  return problem(place, 'NM2006', `The module ${resolution.file} does not export \`${name}\`.`)
}

/** What a module exports under a name; `undefined` if it exports no such name. */
export function resolveExport(
  interpreter: Interpreter,
  file: string,
  name: string,
  seen: ReadonlySet<string> = new Set(),
): Binding | undefined {
  const step = `${file} ${name}`
  if (seen.has(step)) return undefined
  const path = new Set(seen).add(step)
  const module = interpreter.modules.load(file)
  if (module === undefined) return undefined
  const broken = syntaxProblem(module)
  if (broken !== undefined) return broken
  const binding = module.export(name)
  if (binding?.from === 'module') return bindImport(interpreter, module, binding, path)
  if (binding !== undefined) return bindLocal(interpreter, module, binding.name, path)
  if (module.isType(name)) return { kind: 'type', name }
  return name === 'default' ? undefined : resolveStar(interpreter, module, name, path)
}

function bindLocal(
  interpreter: Interpreter,
  module: SourceModule,
  name: string,
  seen: ReadonlySet<string>,
): Binding | undefined {
  if (module.declaration(name) !== undefined) return { kind: 'declaration', module, name }
  const imported = module.import(name)
  if (imported?.typeOnly || (imported === undefined && module.isType(name))) {
    return { kind: 'type', name }
  }
  return imported && bindImport(interpreter, module, imported, seen)
}

/** Looks a name up in the modules of `export *`. */
function resolveStar(
  interpreter: Interpreter,
  module: SourceModule,
  name: string,
  seen: ReadonlySet<string>,
): Binding | undefined {
  const found = new Map<string, { readonly binding: Binding; readonly star: Span }>()
  let unread: Binding | undefined
  for (const star of module.summary.stars) {
    const binding = bindStar(interpreter, module, { ...star, name }, seen)
    // A package may export the name or not; a module of the project that does is certain.
    if (binding?.kind === 'external' || binding?.kind === 'problem') unread ??= binding
    else if (binding !== undefined) found.set(bindingKey(binding), { binding, star })
  }
  const [first, second] = [...found.values()]
  if (first === undefined || second === undefined) return first?.binding ?? unread
  return {
    kind: 'problem',
    value: refuse(module.place(second.star), {
      code: 'NM2007',
      message: `Two modules that are re-exported here export \`${name}\`.`,
      related: [{ message: 'The other one', place: module.place(first.star) }],
    }),
  }
}

function bindStar(
  interpreter: Interpreter,
  module: SourceModule,
  request: ImportRequest,
  seen: ReadonlySet<string>,
): Binding | undefined {
  const { specifier, name } = request
  if (isDefiningPackage(specifier)) {
    return definerKind(name) && { kind: 'external', origin: 'package', specifier, name }
  }
  const resolution = interpreter.modules.resolve(module.file, specifier)
  if (resolution.kind !== 'source') return bindImport(interpreter, module, request, seen)
  return resolveExport(interpreter, resolution.file, name, seen)
}

function bindingKey(binding: Binding): string {
  if (binding.kind === 'declaration') return `${binding.module.file} ${binding.name}`
  return binding.kind === 'namespace' ? binding.file : binding.kind
}

/** The names that a module exports, with where it does so, and the parts that can't be listed. */
export function exportNames(
  interpreter: Interpreter,
  file: string,
  seen: ReadonlySet<string> = new Set(),
): { readonly names: ReadonlyMap<string, Place>; readonly unknown: readonly OpaqueValue[] } {
  const module = interpreter.modules.load(file)
  const names = new Map<string, Place>()
  if (module === undefined || seen.has(file)) return { names, unknown: [] }
  const broken = syntaxProblem(module)
  if (broken !== undefined) return { names, unknown: [broken.value] }
  const unknown: OpaqueValue[] = []
  for (const [name, binding] of Object.entries(module.summary.exports)) {
    names.set(name, module.place(binding))
  }
  for (const star of module.summary.stars) {
    const binding = bindImport(interpreter, module, { ...star, name: '*' })
    if (binding.kind === 'problem') unknown.push(binding.value)
    if (binding.kind === 'external') {
      const message = `\`export *\` brings in the package "${binding.specifier}", whose names are unknown.`
      unknown.push(refuse(module.place(star), { code: 'NM2025', message }))
    }
    if (binding.kind !== 'namespace') continue
    const inner = exportNames(interpreter, binding.file, new Set(seen).add(file))
    unknown.push(...inner.unknown)
    for (const [name, place] of inner.names) {
      if (name !== 'default' && !names.has(name)) names.set(name, place)
    }
  }
  return { names, unknown }
}

function syntaxProblem(
  module: SourceModule,
): { readonly kind: 'problem'; readonly value: OpaqueValue } | undefined {
  const error = module.summary.syntaxError
  return error && problem(module.place(error), 'NM2002', error.message)
}

function problem(
  place: Place,
  code: 'NM2002' | 'NM2005' | 'NM2006',
  message: string,
): { readonly kind: 'problem'; readonly value: OpaqueValue } {
  return { kind: 'problem', value: refuse(place, { code, message }) }
}
