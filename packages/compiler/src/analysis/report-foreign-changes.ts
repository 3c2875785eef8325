import { describeChange, findChange } from './interpreter/changes.ts'
import { bindImport } from './interpreter/exports.ts'
import type { InterpreterRun } from './interpreter/create-interpreter.ts'
import type { Report } from './report.ts'
import type { SourceModule } from './source-module.ts'

/**
 * Reports modules that change what another module declared, if the routes were read from it. Only
 * modules that were read are seen; nothing follows the imports of handlers.
 */
export function reportForeignChanges(request: {
  readonly interpreter: InterpreterRun
  readonly report: Report
  readonly modules: readonly SourceModule[]
}): void {
  for (const module of request.modules) {
    for (const name of module.mutatedNames()) reportName(request, module, name)
  }
}

function reportName(
  { interpreter, report }: Parameters<typeof reportForeignChanges>[0],
  module: SourceModule,
  name: string,
): void {
  const imported = module.import(name)
  if (imported === undefined || imported.typeOnly) return
  for (const mutation of module.mutationsOf(name)) {
    // Most are harmless, and following all of them would read modules that lead to no route.
    if (mutation.how === 'handed') continue
    const exported = imported.name === '*' ? mutation.member : imported.name
    if (exported === undefined) continue
    const binding = bindImport(interpreter, module, { ...imported, name: exported })
    if (binding.kind !== 'declaration') continue
    const value = interpreter.evaluated(binding.module, binding.name)
    if (value === undefined) continue
    const scope = { module, names: new Map() }
    if (!findChange(interpreter, { value, scope, mutations: [mutation] })) continue
    const declaration = binding.module.declaration(binding.name)
    report.add('NM2024', {
      ...describeChange(name, mutation),
      place: module.place(mutation),
      related: declaration
        ? [{ message: 'It is defined here', place: binding.module.place(declaration) }]
        : [],
    })
  }
}
