import { createDiagnostic } from '../../diagnostics/create-diagnostic.ts'
import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import type { CrossCheck } from '../cross-check.ts'

/** Apps of which nothing can ever run. */
export function checkEmptyApps({ model, locate }: CrossCheck): Diagnostic[] {
  return Object.entries(model.apps).flatMap(([name, app]) => {
    const { procedures, jobs, commands } = app
    if ([procedures, jobs, commands].some((one) => Object.keys(one).length > 0)) return []
    const configPath = `apps.${name}`
    const details = { configPath, at: locate(configPath) }
    if (app.type === 'worker') {
      const message = `The app "${name}" is a worker with neither jobs nor commands.`
      return [createDiagnostic('NM3011', { message, ...details })]
    }
    const module = app.application ? ` (${app.application.file})` : ''
    const message = `The application "${name}"${module} has no procedures.`
    return [createDiagnostic('NM3010', { message, ...details })]
  })
}
