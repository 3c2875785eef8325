import { createDiagnostic } from '../../diagnostics/create-diagnostic.ts'
import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import type { CrossCheck } from '../cross-check.ts'

/** Apps that answer calls but have nothing to call. */
export function checkEmptyApps({ model, locate }: CrossCheck): Diagnostic[] {
  return Object.entries(model.apps).flatMap(([name, app]) => {
    if (app.type !== 'api' || Object.keys(app.procedures).length > 0) return []
    const configPath = `apps.${name}`
    const message = `The application "${name}" (${app.application.file}) has no procedures.`
    return [createDiagnostic('NM3010', { message, configPath, at: locate(configPath) })]
  })
}
